import type { CameraPicture } from './messages.ts';

/** The newest picture of a stream, for whoever asks. */
export interface NewestPicture {
  /** The newest picture that nobody has had yet, as soon as there is one, with the time when it came, ms. It is the caller's. */
  next(): Promise<{ readonly image: CameraPicture; readonly atMs: number }>;
  /** Gives the camera its buffers back. */
  close(): void;
}

/**
 * Reads a camera as fast as it flows and keeps one picture, so that what is analysed is always the present. The page holds
 * the stream, not the worker: a camera has few buffers, and those that a worker held when it hung or crashed would never
 * come back, so that the camera would give no more pictures to anybody.
 */
export function keepNewest(stream: ReadableStream<CameraPicture>): NewestPicture {
  const reader = stream.getReader();
  let newest: { readonly image: CameraPicture; readonly atMs: number } | null = null;
  let waiting: ((picture: { readonly image: CameraPicture; readonly atMs: number }) => void) | null = null;
  let closed = false;

  async function pump(): Promise<void> {
    for (;;) {
      const { value: image, done } = await reader.read();
      if (done) return;
      newest?.image.close();
      newest = { image, atMs: performance.now() };
      if (closed) drop();
      else hand();
    }
  }

  function hand(): void {
    if (!waiting || !newest) return;
    const [give, picture] = [waiting, newest];
    [waiting, newest] = [null, null];
    give(picture);
  }

  function drop(): void {
    newest?.image.close();
    newest = null;
  }

  // A stream that breaks has no more pictures; whoever waits for one notices by its own limit.
  void pump().catch(drop);
  return {
    next: () =>
      new Promise((resolve) => {
        waiting = resolve;
        hand();
      }),
    close() {
      closed = true;
      drop();
      void reader.cancel().catch(() => undefined);
    },
  };
}
