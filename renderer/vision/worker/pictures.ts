/** One picture with its time, which must be closed. */
export interface Picture {
  /** Of a camera: the page's monotonic clock at capture. Of a clip: the clip's time, which goes on growing when it loops. */
  readonly atMs: number;
  readonly widthPx: number;
  readonly heightPx: number;
  drawOn(context: OffscreenCanvasRenderingContext2D, widthPx: number, heightPx: number): void;
  close(): void;
}

/**
 * Where pictures come from. `next` resolves with the newest picture when the next one is due, and with `null` at the end.
 * It throws a `SensorTrouble` when no picture will come. Driven by timers: animation frames stop in a hidden window.
 */
export interface Pictures {
  next(): Promise<Picture | null>;
}

/** Resolves no more often than `perSecond`, and late callers start anew instead of catching up. */
export function createPace(perSecond: number): () => Promise<void> {
  const intervalMs = 1000 / perSecond;
  let dueMs = performance.now();
  return async () => {
    const waitMs = dueMs - performance.now();
    if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
    dueMs = Math.max(dueMs + intervalMs, performance.now());
  };
}
