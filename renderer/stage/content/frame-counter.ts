/** Counts the frames that the compositor asked of this page. A hidden or hung page gets none: that is the point. */
export class FrameCounter {
  readonly #isAlive: () => boolean;
  #frames = 0;
  #request: number | null = null;

  /** @param isAlive asked at each frame: one in which what is shown has stood still does not count */
  constructor(isAlive: () => boolean = () => true) {
    this.#isAlive = isAlive;
  }

  get frames(): number {
    return this.#frames;
  }

  /** Resolves with the first frame that counts. */
  start(): Promise<void> {
    return new Promise((resolve) => {
      const count = (): void => {
        this.#request = requestAnimationFrame(count);
        if (!this.#isAlive()) return;
        this.#frames += 1;
        if (this.#frames === 1) resolve();
      };
      this.#request = requestAnimationFrame(count);
    });
  }

  stop(): void {
    if (this.#request !== null) cancelAnimationFrame(this.#request);
  }
}
