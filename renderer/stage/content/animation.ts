import { ContentFailure } from './content.ts';

/** Files from the days of slow machines ask for less, and mean as fast as it goes: every browser takes a tenth of a second then. */
const SHORTEST_MS = 10;
const USUAL_MS = 100;

export interface Animation {
  /** Its first picture stands there already. */
  readonly canvas: HTMLCanvasElement;
  /** From the first picture on, as often as the file says; then the last one stays. */
  start(): void;
  /** Ends it, and lets go of the decoder and the pixels. */
  close(): void;
}

/**
 * A moving picture, decoded and drawn here. An element of the browser's would begin when it is loaded, not when it is shown, and all of
 * one address run together; with a new address for each showing, Chromium keeps something of every one for as long as the page lives.
 *
 * @throws ContentFailure `decode`
 */
export async function openAnimation(bytes: ArrayBuffer, mediaType: string, onFailed: (failure: ContentFailure) => void): Promise<Animation> {
  const broken = (error: unknown): ContentFailure => new ContentFailure('decode', `the picture cannot be decoded as ${mediaType}: ${String(error)}`);
  const decoder = new ImageDecoder({ data: bytes, type: mediaType, preferAnimation: true });
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d');
  let isClosed = false;

  function close(): void {
    if (isClosed) return;
    isClosed = true;
    decoder.close();
    canvas.width = canvas.height = 0;
  }

  const decode = async (frameIndex: number): Promise<VideoFrame> => (await decoder.decode({ frameIndex })).image;

  /** @returns how long it stays, ms */
  function draw(picture: VideoFrame): number {
    context?.clearRect(0, 0, canvas.width, canvas.height);
    context?.drawImage(picture, 0, 0);
    const ms = (picture.duration ?? 0) / 1_000;
    picture.close();
    return ms > SHORTEST_MS ? ms : USUAL_MS;
  }

  async function run(firstStaysMs: number): Promise<void> {
    const { frameCount, repetitionCount } = decoder.tracks.selectedTrack ?? { frameCount: 0, repetitionCount: 0 };
    if (frameCount < 2) return;
    let dueMs = performance.now();
    let staysMs = firstStaysMs;
    for (let index = 1; index < frameCount * (repetitionCount + 1); index += 1) {
      const next = await decode(index % frameCount);
      // What was decoded too late comes at once, and all that follows as much later.
      dueMs = Math.max(dueMs + staysMs, performance.now());
      await new Promise((resolve) => setTimeout(resolve, dueMs - performance.now()));
      if (isClosed) {
        next.close();
        return;
      }
      staysMs = draw(next);
    }
  }

  try {
    await decoder.tracks.ready;
    const first = await decode(0);
    Object.assign(canvas, { width: first.displayWidth, height: first.displayHeight });
    const firstStaysMs = draw(first);
    return {
      canvas,
      start: () => void run(firstStaysMs).catch((error: unknown) => (isClosed ? undefined : onFailed(broken(error)))),
      close,
    };
  } catch (error) {
    close();
    throw broken(error);
  }
}
