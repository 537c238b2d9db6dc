/** Counts the frames that the compositor asked of this page. A hidden or hung page gets none: that is the point. */
export class FrameCounter {
  #frames = 0;
  #request: number | null = null;

  get frames(): number {
    return this.#frames;
  }

  /** Resolves with the first frame. */
  start(): Promise<void> {
    return new Promise((resolve) => {
      const count = (): void => {
        this.#frames += 1;
        this.#request = requestAnimationFrame(count);
        if (this.#frames === 1) resolve();
      };
      this.#request = requestAnimationFrame(count);
    });
  }

  stop(): void {
    if (this.#request !== null) cancelAnimationFrame(this.#request);
  }
}
