/** Remembers the newest trouble for the hub, tells people each new one once, and collects all of them for the report. */
export class Trouble {
  readonly #say: (line: string) => void;
  readonly #all = new Set<string>();
  #newest = '';

  constructor(say: (line: string) => void) {
    this.#say = say;
  }

  get newest(): string {
    return this.#newest;
  }

  get all(): readonly string[] {
    return [...this.#all];
  }

  /** A screen runs for years: what repeats is said once, and only so many different ones are kept. */
  tell(line: string): void {
    this.#newest = line.slice(0, 500);
    if (this.#all.has(line)) return;
    if (this.#all.size < 100) this.#all.add(line);
    this.#say(line);
  }

  /** What was wrong is over. */
  over(): void {
    this.#newest = '';
  }
}
