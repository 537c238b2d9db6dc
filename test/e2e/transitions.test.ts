import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStageRig, until, type StageRig } from './stage-rig.ts';
import { filmPanel, strangerIn } from './transitions/camera.ts';
import { BLUE, KINDS, makeAll, RED, type Made } from './transitions/kinds.ts';
import { playTransitions } from './transitions/play.ts';
import { readPng } from './transitions/png.ts';
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
    const played = await playTransitions({ rig, files: await makeAll(kinds, rig.stage.page), transitions: 32, durationMs: 900, transitionMs: 300 });
    expect(played.blank.map(({ what }) => what)).toEqual([]);
    expect(played.samples).toBeGreaterThan(32 * 3);
    const pairs = new Set(played.transitions.map((transition) => transition.replace(/ by .*/, '')));
    expect(pairs.size, 'pairs of types').toBe(12);
    for (const way of ['cut', 'fade', 'slide', 'push']) expect(played.transitions.filter((transition) => transition.endsWith(way)).length, way).toBeGreaterThanOrEqual(7);
    expect(rig.pageErrors).toEqual([]);
  });
});

describe('a change that is cut short', () => {
  const CUT = { kind: 'cut', ms: 0 } as const;
  const playIds = [1, 2, 3, 4].map((index) => `01890a5d-ac96-774b-bcce-b3020990000${index}`);
  let rig: StageRig;
  let files: readonly Made[];
  beforeEach(async () => {
    rig = await openStageRig();
    files = await makeAll(KINDS.filter(({ mediaType }) => ['image/png', 'image/jpeg', 'video/webm', 'text/html'].includes(mediaType)), rig.stage.page);
  });
  afterEach(async () => {
    await rig.close();
  });

  const slots = (): Promise<unknown> => rig.stage.page.evaluate("[...document.querySelectorAll('.slot')].map((slot) => slot.className + ' ' + slot.getAnimations().length).join()");
  const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

  /** Past the conductor, which would wait: prepared, and then as long as a page needs for that on a busy machine. */
  async function prepare(index: number): Promise<string> {
    const { kind, mediaType, content } = files[index]!;
    const { sha256 } = await rig.add(`file-${index}`, content, { kind, mediaType });
    rig.link.send({ type: 'prepare', playId: playIds[index]!, zone: 'main', kind, url: `../media/${sha256}`, mediaType, durationMs: 60_000, name: mediaType, presentation: { fit: 'cover', background: '#000000', volumePercent: 0, safeAreaPercent: 0 } });
    await expect.poll(slots).toContain('slot ready');
    await pause(1_200);
    return playIds[index]!;
  }

  it('by the next one, by a change of mind or by a layout, ends cleanly: what is left is one creative, and nothing else was seen', async () => {
    await until('the page listens', () => rig.link.connected);
    rig.link.send({ type: 'show', playId: await prepare(0), transition: CUT, inMs: 0 });
    // Prepared any earlier, the next one would take its place, as whoever thinks better of it wants it.
    await expect.poll(() => rig.shown()).toBe(playIds[0]);
    expect(await slots()).toBe('slot front 0');
    const camera = await filmPanel(rig.stage.page);

    // Half in, the next one is wanted already.
    rig.link.send({ type: 'show', playId: await prepare(1), transition: { kind: 'slide', ms: 5_000 }, inMs: 0 });
    await expect.poll(slots).toBe('slot leaving 0,slot front 1');
    await pause(500);
    expect(await slots()).toBe('slot leaving 0,slot front 1');
    rig.link.send({ type: 'show', playId: await prepare(2), transition: { kind: 'push', ms: 5_000 }, inMs: 0 });
    await expect.poll(slots).toBe('slot leaving 0,slot front 1');
    await expect.poll(() => rig.stage.page.evaluate("document.querySelector('.leaving > *')?.tagName")).toBe('IMG');

    // Half in, the panel is divided anew; and what is about to come up is not wanted any more.
    rig.link.send({ type: 'layout', zones: [{ id: 'main', leftPercent: 0, topPercent: 0, widthPercent: 100, heightPercent: 100 }], rotation: 0 });
    await expect.poll(slots).toBe('slot front 0');
    const unwanted = await prepare(3);
    rig.link.send({ type: 'show', playId: unwanted, transition: { kind: 'push', ms: 400 }, inMs: 400 });
    await pause(150);
    rig.link.send({ type: 'retire', playId: unwanted });
    await pause(600);
    expect(await slots()).toBe('slot front 0');

    // Retired in the very frames in which it comes up.
    for (const ms of [0, 10, 20, 30, 40]) {
      const late = await prepare(3);
      rig.link.send({ type: 'show', playId: late, transition: { kind: 'push', ms: 300 }, inMs: 0 });
      await pause(ms);
      rig.link.send({ type: 'retire', playId: late });
      await expect.poll(slots).toBe('slot front 0');
    }
    await camera.stop();
    expect(camera.shots.length).toBeGreaterThan(10);
    expect(camera.shots.flatMap(({ png }) => strangerIn(readPng(png), RED, BLUE) ?? [])).toEqual([]);
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
