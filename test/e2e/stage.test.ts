import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { programme } from '../programme-fixture.ts';
import { openStageRig, until, type StageRig } from './stage-rig.ts';
import { trace } from './trace.ts';

const media = (name: string): Promise<Buffer> => readFile(fileURLToPath(new URL(`../../assets/demo/media/${name}`, import.meta.url)));
const still = (colour: string): string => `<svg xmlns="http://www.w3.org/2000/svg" width="1280" height="720"><rect width="1280" height="720" fill="${colour}"/></svg>`;
const SVG = { kind: 'image', mediaType: 'image/svg+xml' } as const;

/** Of a frame, in Chromium's trace. */
interface PipelineStep {
  readonly args: { readonly chrome_graphics_pipeline?: { readonly step?: string } };
}

let rig: StageRig;
beforeEach(async () => {
  rig = await openStageRig();
});
afterEach(async () => {
  await rig.close();
});

describe('the stage in a browser', () => {
  it('plays stills, both kinds of video and a live page, and counts the frames of each', async () => {
    rig.setProgramme(
      programme([
        await rig.add('still', await media('loaf.webp'), { kind: 'image', mediaType: 'image/webp', durationMs: 2_000 }),
        await rig.add('h264', await media('pretzel.mp4'), { kind: 'video', mediaType: 'video/mp4', durationMs: 2_500 }),
        await rig.add('vp9', await media('eggs.webm'), { kind: 'video', mediaType: 'video/webm', durationMs: 2_500 }),
        await rig.add('live', await media('oven.html'), { kind: 'html', mediaType: 'text/html', durationMs: 2_000 }),
      ]),
    );
    const seen = (): Set<string> => new Set(rig.plays.map((play) => play.creative.id));
    await until('all four were played, or something failed', () => seen().size === 4 || rig.faults.length > 0, 60_000);
    expect(rig.faults).toEqual([]);
    for (const play of rig.plays) expect(play.presentedFrames, play.creative.id).toBeGreaterThan(5);
    expect(rig.pageErrors).toEqual([]);
  });

  it('draws again and again although nothing changes, or the browser loses count of its frames', async () => {
    rig.setProgramme(programme([await rig.add('long', still('#603080'), { ...SVG, durationMs: 60_000 })]));
    await until('it is shown', () => rig.conductor.nowPlaying !== null);
    const browser = await rig.stage.page.context().browser()!.newBrowserCDPSession();
    const events = await trace<PipelineStep>(browser, 'graphics.pipeline', () => rig.stage.page.waitForTimeout(4_000));
    const drawn = events.filter(({ args }) => args.chrome_graphics_pipeline?.step === 'STEP_SUBMIT_COMPOSITOR_FRAME');
    expect(drawn.length).toBeGreaterThan(2);
  });

  it('skips what cannot be decoded within two seconds of its slot and goes on', async () => {
    rig.setProgramme(
      programme([
        await rig.add('good', still('#204080'), { ...SVG, durationMs: 1_500 }),
        await rig.add('other', still('#406020'), { ...SVG, durationMs: 1_500 }),
        await rig.add('no-picture', Buffer.alloc(900, 7), { kind: 'image', mediaType: 'image/webp', weight: 500, durationMs: 1_500 }),
        await rig.add('no-video', Buffer.alloc(4_000, 7), { kind: 'video', mediaType: 'video/mp4', weight: 500, durationMs: 1_500 }),
      ]),
    );
    await until('both failed and four others were played', () => rig.faults.length >= 2 && rig.plays.length >= 4);
    expect(rig.faults.map(({ creativeId }) => creativeId).sort()).toEqual(['no-picture', 'no-video']);
    for (const play of rig.plays) {
      expect(['good', 'other']).toContain(play.creative.id);
      expect(play.durationMs - play.plannedMs, 'time over its slot').toBeLessThan(2_000);
    }
  });

  it('comes back after its page was killed, with the play before it on record', async () => {
    rig.setProgramme(programme([await rig.add('long', still('#603080'), { ...SVG, durationMs: 60_000 })]));
    await until('it is shown', () => rig.conductor.nowPlaying !== null);
    await rig.stage.page.reload();
    await until('it is shown again', () => rig.plays.length === 1 && rig.conductor.nowPlaying !== null);
    expect(rig.plays[0]).toMatchObject({ creative: { id: 'long' }, endReason: 'stalled' });
  });

  it('lets a live page run its script but reach nothing', async () => {
    const nosy = `<!doctype html><body><script>
      const out = [];
      try { parent.document.title; out.push('parent'); } catch { out.push('no parent'); }
      try { document.cookie = 'a=1'; out.push('cookie'); } catch { out.push('no cookie'); }
      fetch('../stage/commands').then(() => out.push('fetched'), () => out.push('no fetch')).then(() => parent.postMessage(out.join(), '*'));
    </script>`;
    const heard = rig.stage.page.evaluate(() => new Promise<string>((resolve) => addEventListener('message', ({ data, ports }) => (ports.length > 0 ? undefined : resolve(String(data))))));
    rig.setProgramme(programme([await rig.add('nosy', nosy, { kind: 'html', mediaType: 'text/html', durationMs: 10_000 })]));
    expect(await heard).toBe('no parent,no cookie,no fetch');
  });
});
