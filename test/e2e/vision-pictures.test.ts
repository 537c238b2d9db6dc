import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FrameObservation, Observation } from '../../src/contract/index.ts';
import { frameObservationSchema } from '../../src/contract/index.ts';
import type { DrawnPicture, Drawn } from '../vision-rig/calls.ts';
import { openRig, PORTRAITS_URL, RIG_SETTINGS, type Rig } from '../vision-rig/open-rig.ts';

/** The worker's own analyser in a real browser, with pictures that no camera would give on demand. */
let rig: Rig;
let atMs = 0;

beforeAll(async () => {
  rig = await openRig({ ...RIG_SETTINGS, demographics: false });
  await rig.call('ours', { do: 'load', settings: { ...RIG_SETTINGS, demographics: false }, source: { kind: 'portraits', url: PORTRAITS_URL, count: 1 } });
});
afterAll(() => rig.close());

function picture(widthPx: number, heightPx: number, portraits: DrawnPicture['portraits'] = []): DrawnPicture {
  atMs += 100;
  return { atMs, widthPx, heightPx, portraits };
}

async function see(...pictures: DrawnPicture[]): Promise<FrameObservation[]> {
  const seen: readonly Observation[] = await rig.call<Drawn>('ours', { do: 'draw', pictures });
  return seen.map((observation) => {
    if (observation.kind !== 'frame') throw new Error(observation.message);
    return frameObservationSchema.parse(observation);
  });
}

describe('a picture', () => {
  it('without anybody holds nobody', async () => {
    expect((await see(picture(640, 360))).map(({ faces }) => faces.length)).toEqual([0]);
  });

  it.each([
    ['upright', 720, 1280],
    ['flat', 1280, 720],
    ['huge', 7680, 4320],
  ])('that is %s shows its face where it is', async (_what, widthPx, heightPx) => {
    const size = Math.min(widthPx, heightPx) * 0.6;
    const pictures = Array.from({ length: 3 }, (_, step) => picture(widthPx, heightPx, [{ who: 0, x: widthPx / 2 + step, y: heightPx / 2, size }]));
    const last = (await see(...pictures)).at(-1)!;
    expect(Math.max(last.widthPx, last.heightPx)).toBeLessThanOrEqual(960);
    expect(last.widthPx / last.heightPx).toBeCloseTo(widthPx / heightPx, 2);
    expect(last.faces).toHaveLength(1);
    const { box, yawDeg } = last.faces[0]!;
    expect(Math.abs(box.x + box.width / 2 - 0.5)).toBeLessThan(0.15);
    expect(Math.abs(box.y + box.height / 2 - 0.5)).toBeLessThan(0.15);
    expect(yawDeg).not.toBeNull();
  });

  describe('of a head', () => {
    /** Where each of the five faces points. */
    async function directions(drawn: { readonly leanDeg?: number; readonly mirrored?: boolean }): Promise<{ yawDeg: number; pitchDeg: number }[]> {
      const found: { yawDeg: number; pitchDeg: number }[] = [];
      for (const who of [0, 1, 2, 3, 4]) {
        const [, , last] = await see(...Array.from({ length: 3 }, () => picture(640, 480, [{ who, x: 320, y: 240, size: 300, ...drawn }])));
        const { yawDeg, pitchDeg } = last?.faces[0] ?? {};
        found.push({ yawDeg: yawDeg ?? Number.NaN, pitchDeg: pitchDeg ?? Number.NaN });
      }
      return found;
    }
    const off = (a: readonly { yawDeg: number; pitchDeg: number }[], b: typeof a): number => a.reduce((sum, { yawDeg, pitchDeg }, who) => sum + Math.hypot(yawDeg - (b[who]?.yawDeg ?? 0), pitchDeg - (b[who]?.pitchDeg ?? 0)), 0) / a.length;

    it('points the other way when the picture is mirrored, and stays where it points when the picture leans', async () => {
      const upright = await directions({});
      expect(off(await directions({ mirrored: true }), upright.map(({ yawDeg, pitchDeg }) => ({ yawDeg: -yawDeg, pitchDeg })))).toBeLessThan(5);
      for (const leanDeg of [-30, 25]) {
        const [cos, sin] = [Math.cos((leanDeg * Math.PI) / 180), Math.sin((leanDeg * Math.PI) / 180)];
        // Small angles turn like points in the picture; up is negative there.
        const turned = upright.map(({ yawDeg, pitchDeg }) => ({ yawDeg: yawDeg * cos + pitchDeg * sin, pitchDeg: -yawDeg * sin + pitchDeg * cos }));
        expect(off(await directions({ leanDeg }), turned)).toBeLessThan(6);
      }
    });
  });

  it.each([[1, 1], [3, 200], [16, 16]])('of %i×%i pixels breaks nothing', async (widthPx, heightPx) => {
    const seen = await rig.call<Drawn>('ours', { do: 'draw', pictures: [picture(widthPx, heightPx)] });
    expect(seen).toHaveLength(1);
  });

  it('of a crowd of forty is told in part, and measures no more heads than there is time for', async () => {
    const crowd = Array.from({ length: 40 }, (_, index) => ({ who: index, x: 80 + 160 * (index % 8), y: 90 + 140 * Math.floor(index / 8), size: 130 }));
    const seen = await see(...Array.from({ length: 12 }, () => picture(1280, 720, crowd)));
    expect(Math.max(...seen.map(({ faces }) => faces.length))).toBeGreaterThan(6);
    expect(seen.every(({ faces }) => faces.length <= 40 && faces.filter(({ yawDeg }) => yawDeg !== null).length <= 6)).toBe(true);
  });

  it('may have another size than the one before, in the middle of everything', async () => {
    const sizes = [[1280, 720], [640, 480], [1920, 1080], [480, 848], [1280, 720]] as const;
    const seen = await see(...sizes.flatMap(([widthPx, heightPx]) => Array.from({ length: 2 }, () => picture(widthPx, heightPx, [{ who: 1, x: widthPx / 2, y: heightPx / 2, size: Math.min(widthPx, heightPx) / 2 }]))));
    expect(seen).toHaveLength(10);
    expect(seen.filter(({ faces }) => faces.length === 1).length).toBeGreaterThanOrEqual(5);
  });
});
