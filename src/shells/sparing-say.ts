/** A page that throws at every frame must not fill the journal; each message is passed on this often at the most. */
const REPEAT_MS = 60_000;
const MOST_MESSAGES = 20;
const LONGEST_LINE = 300;

/** Passes on each line once a minute, cut to `longestLine` characters, and no more than twenty different ones in that time. */
export function createSparingSay(say: (line: string) => void, longestLine = LONGEST_LINE): (line: string) => void {
  const said = new Map<string, number>();
  return (text) => {
    const line = text.slice(0, longestLine);
    const nowMs = performance.now();
    if (nowMs - (said.get(line) ?? Number.NEGATIVE_INFINITY) < REPEAT_MS) return;
    for (const [old, saidMs] of said) if (nowMs - saidMs >= REPEAT_MS) said.delete(old);
    if (said.size >= MOST_MESSAGES) return;
    said.set(line, nowMs);
    say(line);
  };
}
