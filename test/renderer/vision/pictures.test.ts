import { describe, expect, it } from 'vitest';
import { loopingClip, wholeClip } from '../../../renderer/vision/worker/clip-pictures.ts';
import type { Clip } from '../../../renderer/vision/worker/clip.ts';
import type { Picture, Pictures } from '../../../renderer/vision/worker/pictures.ts';

/** A clip of empty pictures that counts those which were not closed. */
function clipOf(pictures: number, perSecond: number): Clip & { open: () => number } {
  let open = 0;
  async function* frames(): AsyncGenerator<Picture, void, unknown> {
    for (let index = 0; index < pictures; index++) {
      open += 1;
      yield await Promise.resolve({ atMs: (1000 * index) / perSecond, widthPx: 4, heightPx: 4, drawOn: () => undefined, close: () => void (open -= 1) });
    }
  }
  return { durationMs: (1000 * pictures) / perSecond, frames, open: () => open };
}

async function take(pictures: Pictures, count: number, work: () => Promise<void> = () => Promise.resolve()): Promise<number[]> {
  const times: number[] = [];
  while (times.length < count) {
    const picture = await pictures.next();
    if (!picture) break;
    times.push(Math.round(picture.atMs));
    await work();
    picture.close();
  }
  return times;
}

describe('a whole clip', () => {
  it('is thinned out to the wanted rate by its own time, to its end, and every picture is closed', async () => {
    const clip = clipOf(20, 10);
    expect(await take(wholeClip(clip, 5), 99)).toEqual([0, 200, 400, 600, 800, 1000, 1200, 1400, 1600, 1800]);
    expect(clip.open()).toBe(0);
  });

  it('of a lower rate than wanted is seen whole', async () => {
    expect(await take(wholeClip(clipOf(4, 3), 10), 99)).toEqual([0, 333, 667, 1000]);
  });
});

describe('a looping clip', () => {
  it('goes on in time from one round to the next', async () => {
    const times = await take(loopingClip(clipOf(4, 40), 40, () => performance.now()), 9);
    expect(times.every((time, index) => index === 0 || time > times[index - 1]!)).toBe(true);
    expect(times.at(-1)).toBeGreaterThan(180);
  });

  it('skips what it was too slow for', async () => {
    const clip = clipOf(40, 100);
    const startedMs = performance.now();
    const times = await take(loopingClip(clip, 100, () => performance.now()), 4, () => new Promise((resolve) => setTimeout(resolve, 60)));
    expect(times.at(-1)! - times[0]!).toBeGreaterThan(120);
    expect(times.at(-1)!).toBeLessThanOrEqual(performance.now() - startedMs);
    expect(clip.open()).toBe(0);
  });
});
