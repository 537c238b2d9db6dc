import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStageRig, type StageRig } from './stage-rig.ts';
import { KINDS } from './transitions/kinds.ts';
import { playTransitions } from './transitions/play.ts';
import { everyPair } from './transitions/tour.ts';

describe('from one creative to the next', () => {
  let rig: StageRig;
  beforeEach(async () => {
    rig = await openStageRig();
  });
  afterEach(async () => {
    await rig.close();
  });

  it('nothing else is seen than the two, in any frame that is composited, whatever they are and by whichever way', async () => {
    const kinds = ['image/png', 'video/mp4', 'video/webm', 'text/html'].map((type) => KINDS.find(({ mediaType }) => mediaType === type)!);
    await rig.stage.page.setViewportSize({ width: 640, height: 360 });
    const played = await playTransitions({ rig, kinds, transitions: 32, durationMs: 900, transitionMs: 300 });
    expect(played.blank.map(({ what }) => what)).toEqual([]);
    expect(played.samples).toBeGreaterThan(32 * 3);
    const pairs = new Set(played.transitions.map((transition) => transition.replace(/ by .*/, '')));
    expect(pairs.size, 'pairs of types').toBe(12);
    for (const way of ['cut', 'fade', 'slide', 'push']) expect(played.transitions.filter((transition) => transition.endsWith(way)).length, way).toBeGreaterThanOrEqual(7);
    expect(rig.pageErrors).toEqual([]);
  });
});

describe('the round trip that is played', () => {
  it('has each thing follow each other one exactly once', () => {
    for (const of of [2, 3, 7, 15]) {
      const round = everyPair(of);
      expect(round).toHaveLength(of * (of - 1));
      expect(new Set(round.map((from, at) => `${from} ${round[(at + 1) % round.length]}`)).size).toBe(round.length);
    }
  });
});
