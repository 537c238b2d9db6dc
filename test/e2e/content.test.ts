import { readFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Creative } from '../../src/contract/index.ts';
import { png } from '../content/png.ts';
import { programme } from '../programme-fixture.ts';
import { openStageRig, until, type StageRig } from './stage-rig.ts';

const sample = (name: string): Promise<Buffer> => readFile(new URL(`../content/samples/${name}`, import.meta.url));

let rig: StageRig;
beforeEach(async () => {
  rig = await openStageRig();
});
afterEach(() => rig.close());

/** One of the house, so that the screen has something to show whatever the others do. */
const house = (durationMs = 1_000): Promise<Creative> => rig.add('house', png(16, 9), { kind: 'image', mediaType: 'image/png', durationMs });

/** The colour in the middle of the panel: red, green, blue. */
async function colourOf({ stage: { page } }: StageRig): Promise<readonly number[]> {
  const picture = await page.screenshot({ clip: { x: 640, y: 360, width: 1, height: 1 } });
  return page.evaluate(async (bytes) => {
    const context = new OffscreenCanvas(1, 1).getContext('2d');
    context?.drawImage(await createImageBitmap(new Blob([new Uint8Array(bytes)])), 0, 0);
    return [...(context?.getImageData(0, 0, 1, 1).data ?? [])].slice(0, 3);
  }, [...picture]);
}

describe('content of every kind', () => {
  it('plays moving pictures of all four sorts, and AV1', async () => {
    rig.setProgramme(
      programme([
        await rig.add('gif', await sample('moving.gif'), { kind: 'image', mediaType: 'image/gif', durationMs: 900 }),
        await rig.add('apng', await sample('moving.png'), { kind: 'image', mediaType: 'image/png', durationMs: 900 }),
        await rig.add('webp', await sample('moving.webp'), { kind: 'image', mediaType: 'image/webp', durationMs: 900 }),
        await rig.add('avif', await sample('still.avif'), { kind: 'image', mediaType: 'image/avif', durationMs: 900 }),
        await rig.add('av1', await sample('av1.mp4'), { kind: 'video', mediaType: 'video/mp4', durationMs: 2_000 }),
      ]),
    );
    await until('all were played, or something failed', () => new Set(rig.plays.map(({ creative }) => creative.id)).size === 5 || rig.faults.length > 0);
    expect(rig.faults).toEqual([]);
    expect(rig.pageErrors).toEqual([]);
  });

  it('begins an animation anew whenever it is shown', async () => {
    // It is prepared while the other is in front, long enough to have turned blue by itself.
    rig.setProgramme(programme([await house(3_000), await rig.add('once', await sample('once.gif'), { kind: 'image', mediaType: 'image/gif', durationMs: 3_500 })]));
    for (let round = 1; round <= 2; round += 1) {
      await until('the animation is in front', () => rig.conductor.nowPlaying?.creative.id === 'once');
      await rig.stage.page.waitForTimeout(600);
      const [red = 0, , blue = 0] = await colourOf(rig);
      expect(red, `round ${round}`).toBeGreaterThan(200);
      expect(blue, `round ${round}`).toBeLessThan(50);
      await until('it is over', () => rig.conductor.nowPlaying?.creative.id === 'house');
    }
  });

  it('says that a codec is missing, and skips the video', async () => {
    rig.setProgramme(programme([await house(), await rig.add('hevc', await sample('hevc.mp4'), { kind: 'video', mediaType: 'video/mp4', weight: 500 })]));
    await until('it was skipped', () => rig.faults.length > 0 && rig.plays.length > 1);
    expect(rig.faults).toMatchObject([{ creativeId: 'hevc', code: 'unsupported', message: expect.stringContaining('H.264, VP9 or AV1') as string }]);
  });
});
