import type { Clip } from './clip.ts';
import { createPace, type Picture, type Pictures } from './pictures.ts';

/**
 * The whole clip once, as fast as it can be analysed, with at most `perSecond` pictures of each second of the clip: the
 * same pictures every time, however slow the machine is.
 */
export function wholeClip(clip: Clip, perSecond: number): Pictures {
  const frames = clip.frames();
  const intervalMs = 1000 / perSecond;
  let dueMs = 0;
  return {
    async next() {
      for (;;) {
        const { value: picture, done } = await frames.next();
        if (done) return null;
        // Half a millisecond of slack: timestamps of a 10 fps clip are not exactly 100 ms apart.
        if (picture.atMs >= dueMs - 0.5) {
          while (dueMs <= picture.atMs + 0.5) dueMs += intervalMs;
          return picture;
        }
        picture.close();
      }
    },
  };
}

/**
 * The clip over and over as if it were a camera: in real time by its own timestamps, skipping what is late. `atMs` goes on
 * growing from one round to the next.
 *
 * @param now a monotonic clock, ms
 */
export function loopingClip(clip: Clip, perSecond: number, now: () => number): Pictures {
  const pace = createPace(perSecond);
  const startedMs = now();
  let frames = clip.frames();
  let roundMs = 0;

  async function following(): Promise<Picture> {
    for (;;) {
      const { value: picture, done } = await frames.next();
      if (!done) return { ...picture, atMs: roundMs + picture.atMs };
      frames = clip.frames();
      roundMs += clip.durationMs;
    }
  }

  return {
    async next() {
      await pace();
      let picture = await following();
      while (picture.atMs < now() - startedMs - 1000 / perSecond) {
        picture.close();
        picture = await following();
      }
      const earlyMs = picture.atMs - (now() - startedMs);
      if (earlyMs > 0) await new Promise((resolve) => setTimeout(resolve, earlyMs));
      return picture;
    },
  };
}
