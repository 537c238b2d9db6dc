const MOST_KEPT = 100;

/** Remembers what is wrong for the hub, tells people each new trouble once, and collects all of them for the report. */
export class Trouble {
  readonly #say: (line: string) => void;
  readonly #all = new Set<string>();
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
    return [...this.#all];
  }

  /** Something is wrong with `source` until it says otherwise. What repeats is told to people once. */
  stands(source: string, line: string): void {
    this.#standing.delete(source);
    this.#standing.set(source, line);
    this.tell(line);
  }

  over(source: string): void {
    this.#standing.delete(source);
  }

  /** Something went wrong and is over. A screen runs for years: only so many different ones are kept. */
  tell(line: string): void {
    if (this.#all.has(line)) return;
    const [oldest] = this.#all;
    if (this.#all.size >= MOST_KEPT && oldest !== undefined) this.#all.delete(oldest);
    this.#all.add(line);
    this.#say(line);
  }
}
