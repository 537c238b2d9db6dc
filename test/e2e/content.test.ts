import { readFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Creative } from '../../src/contract/index.ts';
import { pdf } from '../content/pdf.ts';
import { png } from '../content/png.ts';
import { programme } from '../programme-fixture.ts';
import { colourOf } from './colour.ts';
import { openStageRig, until, type StageRig } from './stage-rig.ts';

const sample = (name: string): Promise<Buffer> => readFile(new URL(`../content/samples/${name}`, import.meta.url));

let rig: StageRig;
beforeEach(async () => {
  rig = await openStageRig();
});
afterEach(() => rig.close());

/** One of the house, so that the screen has something to show whatever the others do. */
const house = (durationMs = 1_000): Promise<Creative> => rig.add('house', png(16, 9), { kind: 'image', mediaType: 'image/png', durationMs });

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
      const [red = 0, , blue = 0] = await colourOf(rig.stage.page);
      expect(red, `round ${round}`).toBeGreaterThan(200);
      expect(blue, `round ${round}`).toBeLessThan(50);
      const isBlue = async (): Promise<string> => {
        const [redNow = 255, , blueNow = 0] = await colourOf(rig.stage.page);
        return `${rig.conductor.nowPlaying?.creative.id}: ${redNow < 50 && blueNow > 200}`;
      };
      await expect.poll(isBlue, { timeout: 5_000 }).toBe('once: true');
      await until('it is over', () => rig.conductor.nowPlaying?.creative.id === 'house');
    }
  });

  it('plays sound with a card for the eye, each to its own end, and lets go of it', async () => {
    const sounds = [
      ['tone.mp3', 'audio/mpeg'],
      ['tone.m4a', 'audio/mp4'],
      ['tone.ogg', 'audio/ogg'],
      ['tone.flac', 'audio/flac'],
    ] as const;
    rig.setProgramme(programme([await house(2_000), ...(await Promise.all(sounds.map(async ([name, mediaType]) => rig.add(name.replace('.', '-'), await sample(name), { name: 'Autumn song', kind: 'audio', mediaType, weight: 200, durationMs: 30_000 }))))]));
    await until('all four were heard, or something failed', () => new Set(rig.plays.map(({ creative }) => creative.id)).size >= 4 || rig.faults.length > 0, 40_000);
    expect(rig.faults).toEqual([]);
    for (const play of rig.plays.filter(({ creative }) => creative.kind === 'audio')) {
      expect(play, play.creative.id).toMatchObject({ endReason: 'ended' });
      // The tone has 1.5 s, and the next creative may still have to be prepared.
      expect(play.durationMs, play.creative.id).toBeLessThan(5_000);
      expect(play.presentedFrames, play.creative.id).toBeGreaterThan(10);
    }
    await until('a sound is in front', () => rig.conductor.nowPlaying?.creative.kind === 'audio');
    expect(await rig.stage.page.evaluate(() => [...document.querySelectorAll<HTMLAudioElement>('audio')].map(({ muted, volume }) => ({ muted, volume })))).toContainEqual({ muted: false, volume: 1 });
    expect(await rig.stage.page.textContent('.audio-card')).toBe('Autumn song');
    rig.setProgramme(programme([await house()]));
    await until('it is over', () => rig.conductor.nowPlaying?.creative.id === 'house');
    await rig.stage.page.waitForTimeout(800);
    expect(await rig.stage.page.evaluate(() => [...document.querySelectorAll('audio')].filter(({ paused }) => !paused).length)).toBe(0);
  });

  it('shows a PDF page by page, drawn for the panel, and loads what draws it only then', async () => {
    const requests: string[] = [];
    const refused: string[] = [];
    rig.stage.page.on('console', (message) => refused.push(message.text()));
    rig.stage.page.on('request', (request) => requests.push(new URL(request.url()).pathname));
    rig.setProgramme(programme([await house()]));
    await until('the house is in front', () => rig.plays.length > 0);
    expect(requests.filter((path) => /document|worker/.test(path))).toEqual([]);

    rig.setProgramme(programme([await rig.add('menu', pdf([[0.9, 0.1, 0.1], [0.1, 0.1, 0.9]]), { kind: 'pdf', mediaType: 'application/pdf', durationMs: 4_000 })]));
    await until('the menu is in front', () => rig.conductor.nowPlaying?.creative.id === 'menu');
    await rig.stage.page.waitForTimeout(500);
    expect((await colourOf(rig.stage.page))[0]).toBeGreaterThan(200);
    expect(await rig.stage.page.evaluate(() => [...document.querySelectorAll('canvas')].map(({ width, height }) => [width, height]))).toContainEqual([1_280, 720]);
    await rig.stage.page.waitForTimeout(2_000);
    const [red = 255, , blue = 0] = await colourOf(rig.stage.page);
    expect([red < 60, blue > 200]).toEqual([true, true]);
    await until('it was played', () => rig.plays.some(({ creative }) => creative.id === 'menu'));
    expect(rig.faults).toEqual([]);
    expect(rig.pageErrors).toEqual([]);
    expect(requests.some((path) => path.endsWith('.ttf') || path.endsWith('.pfb'))).toBe(true);
    expect(refused).toEqual([]);
    expect(await rig.stage.page.evaluate(() => document.fonts.size), 'fonts of the page, one more for each opening').toBe(0);
    rig.setProgramme(programme([await house()]));
    await until('the house is back', () => rig.conductor.nowPlaying?.creative.id === 'house');
    await expect.poll(() => rig.stage.page.workers().length).toBe(0);
  });

  it('skips sound and PDFs that are no such thing', async () => {
    rig.setProgramme(
      programme([
        await house(),
        await rig.add('no-sound', Buffer.alloc(4_000, 7), { kind: 'audio', mediaType: 'audio/mpeg', weight: 500 }),
        await rig.add('no-pdf', Buffer.alloc(4_000, 8), { kind: 'pdf', mediaType: 'application/pdf', weight: 500 }),
      ]),
    );
    await until('both were skipped', () => rig.faults.length >= 2);
    expect(rig.faults.map(({ creativeId, code }) => `${creativeId}: ${code}`).sort()).toEqual(['no-pdf: decode', 'no-sound: decode']);
  });

  it('says that a codec is missing, and skips the video', async () => {
    rig.setProgramme(programme([await house(), await rig.add('hevc', await sample('hevc.mp4'), { kind: 'video', mediaType: 'video/mp4', weight: 500 })]));
    await until('it was skipped', () => rig.faults.length > 0 && rig.plays.length > 1);
    expect(rig.faults).toMatchObject([{ creativeId: 'hevc', code: 'unsupported', message: expect.stringContaining('H.264, VP9 or AV1') as string }]);
  });
});
