const MOST_KEPT = 100;
/** What comes and goes every minute is said once in this time, and what comes back in March is said again. */
const SAY_AGAIN_MS = 3_600_000;

/** Remembers what is wrong for the hub, tells people each new trouble once an hour at the most, and collects all of them for the report. */
export class Trouble {
  readonly #say: (line: string) => void;
  /** When each was told last, monotonic ms, the newest last. */
  readonly #all = new Map<string, number>();
  /** By source: the uplink's recovery must not hide that the camera is blind. */
  readonly #standing = new Map<string, string>();

  constructor(say: (line: string) => void) {
    this.#say = say;
  }

  /** The newest trouble that still stands, or empty. */
  get newest(): string {
    return ([...this.#standing.values()].at(-1) ?? '').slice(0, 500);
  }

  get all(): readonly string[] {
    return [...this.#all.keys()];
  }

  /** Something is wrong with `source` until it says otherwise. What only goes on is not told again. */
  stands(source: string, line: string): void {
    const goesOn = this.#standing.get(source) === line;
    this.#standing.delete(source);
    this.#standing.set(source, line);
    if (!goesOn) this.tell(line);
  }

  over(source: string): void {
    this.#standing.delete(source);
  }

  /** Something went wrong and is over. A screen runs for years: only so many different ones are kept. */
  tell(line: string): void {
    const nowMs = performance.now();
    if (nowMs - (this.#all.get(line) ?? Number.NEGATIVE_INFINITY) < SAY_AGAIN_MS) return;
    this.#all.delete(line);
    const [oldest] = this.#all.keys();
    if (this.#all.size >= MOST_KEPT && oldest !== undefined) this.#all.delete(oldest);
    this.#all.set(line, nowMs);
    this.#say(line);
  }
}
