/** A wait this long wants to be explained. */
const SILENT_MS = 2_000;
const LINE_EVERY_MS = 5_000;

export interface Progress {
  readonly update: (text: string) => void;
  close(): void;
}

/** Shows on stderr how far a long task is: one line that renews itself on a terminal, a line now and then in a log. */
export function startProgress(): Progress {
  const startedMs = performance.now();
  const terminal = process.stderr.isTTY;
  let printedMs = Number.NEGATIVE_INFINITY;
  return {
    update(text) {
      const nowMs = performance.now();
      if (nowMs - startedMs < SILENT_MS || nowMs - printedMs < (terminal ? 200 : LINE_EVERY_MS)) return;
      printedMs = nowMs;
      process.stderr.write(terminal ? `\r\u001b[K${text}` : `${text}\n`);
    },
    close() {
      if (terminal && printedMs > 0) process.stderr.write('\r\u001b[K');
    },
  };
}
