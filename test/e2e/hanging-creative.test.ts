import { readdir, readFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { DESCRIPTOR_TYPES, type Creative } from '../../src/contract/index.ts';
import { png } from '../content/png.ts';
import { openSite } from '../content/site.ts';
import { zip } from '../content/zip.ts';
import { playlist, programme } from '../programme-fixture.ts';
import { openStageRig, until, type StageRig } from './stage-rig.ts';

let rig: StageRig;
beforeEach(async () => {
  rig = await openStageRig();
});
afterEach(() => rig.close());

const SLOT_MS = 3_000;
const FOR_EVER = 'for (;;) {}';
const page = (script: string): string => `<!doctype html><h1>A page</h1><script>${script}</script>`;
const html = (id: string, script: string, over: Partial<Creative> = {}): Promise<Creative> => rig.add(id, page(script), { kind: 'html', mediaType: 'text/html', durationMs: 20_000, ...over });
const spinsLater = `setTimeout(() => { ${FOR_EVER} }, 1_500)`;

/** Processes of this rig's pages, with the time that each has kept a processor busy, in the system's ticks. */
async function renderers(): Promise<ReadonlyMap<string, number>> {
  const mark = `litfass-browser-${process.pid}-`;
  const found = new Map<string, number>();
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const [command, stat] = await Promise.all([readFile(`/proc/${pid}/cmdline`, 'utf8'), readFile(`/proc/${pid}/stat`, 'utf8')]).catch(() => ['', '']);
    if (!command.includes('--type=renderer') || !command.includes(mark)) continue;
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    found.set(pid, Number(fields[11]) + Number(fields[12]));
  }
  return found;
}

async function busiest(): Promise<string> {
  const [pid = ''] = [...(await renderers())].sort(([, a], [, b]) => b - a)[0] ?? [];
  return pid;
}

/** Frames that the stage page itself draws within a second, whatever its frames do. */
function framesASecond(): Promise<number> {
  return rig.stage.page.evaluate(async () => {
    const startMs = performance.now();
    let frames = 0;
    for (; performance.now() - startMs < 1_000; frames += 1) await new Promise((resolve) => requestAnimationFrame(resolve));
    return frames;
  });
}

describe('a creative whose script never ends', () => {
  it('holds up nothing: the stage draws on, it is taken off, its process ends, and the next of its kind comes', async () => {
    const fine = await html('fine', '', { durationMs: SLOT_MS });
    rig.setProgramme(programme([await html('spins', spinsLater, { tier: 'override' }), fine]));
    await until('it is in front', () => rig.conductor.nowPlaying?.creative.id === 'spins');
    expect(await framesASecond()).toBeGreaterThan(10);
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    const itsProcess = process.platform === 'linux' ? await busiest() : null;
    expect(await framesASecond()).toBeGreaterThan(10);
    await until('another one is in front', () => rig.conductor.nowPlaying?.creative.id === 'fine');

    const [play] = rig.plays;
    expect(play).toMatchObject({ creative: { id: 'spins' }, endReason: 'stalled', plannedMs: 20_000 });
    // Only while it lived were frames counted for it: for about a second and a half.
    expect(play?.durationMs).toBeLessThan(10_000);
    expect(play?.presentedFrames).toBeLessThan(60 * 3);
    expect(rig.faults).toMatchObject([{ creativeId: 'spins', code: 'stalled' }]);
    expect(rig.pageErrors).toEqual([]);
    if (itsProcess !== null) await expect.poll(async () => (await renderers()).has(itsProcess), { timeout: 10_000 }).toBe(false);
    await until('the other one was played to its end', () => rig.plays.length > 1);
    expect(rig.plays[1]).toMatchObject({ creative: { id: 'fine' }, endReason: 'ended' });
  });

  it('from its start never comes up, and what is in front stays until something else does', async () => {
    const house = await rig.add('house', png(16, 9), { kind: 'image', mediaType: 'image/png', durationMs: SLOT_MS });
    rig.setProgramme(programme([house, await html('spins', FOR_EVER, { weight: 500 })]));
    await until('it was skipped, and the house was played twice', () => rig.faults.length > 0 && rig.plays.length > 1);
    expect(rig.faults).toMatchObject([{ creativeId: 'spins', code: 'load', message: expect.stringContaining('was not ready') as string }]);
    expect(new Set(rig.plays.map(({ creative, endReason }) => `${creative.id} ${endReason}`))).toEqual(new Set(['house ended']));
    expect(await framesASecond()).toBeGreaterThan(10);
  });

  it('and is a package is taken off like any other', async () => {
    const fine = await html('fine', '', { durationMs: SLOT_MS });
    const spins = await rig.add('spins', zip([{ name: 'index.html', content: page('') + '<script src="a.js"></script>' }, { name: 'a.js', content: spinsLater }]), { kind: 'package', mediaType: 'application/zip', durationMs: 20_000, tier: 'override' });
    rig.setProgramme(programme([spins, fine]));
    await until('another one is in front', () => rig.conductor.nowPlaying?.creative.id === 'fine');
    expect(rig.plays).toMatchObject([{ creative: { id: 'spins' }, endReason: 'stalled' }]);
    expect(rig.faults).toMatchObject([{ creativeId: 'spins', code: 'stalled' }]);
  });

  it('and is somebody else\'s page is taken off too, and not while another page comes into its place', async () => {
    const site = await openSite('localhost');
    onTestFinished(() => site.close());
    const reloads = 'setTimeout(() => { location.href = "/slow" }, 1_000)';
    site.answer((request, response) => {
      const answer = (): unknown => response.writeHead(200, { 'content-type': 'text/html' }).end(page(request.url === '/spins' ? spinsLater : request.url === '/reloads' ? reloads : ''));
      if (request.url === '/slow') setTimeout(answer, 6_000);
      else answer();
    });
    const sources = (['spins', 'reloads'] as const).map((id) => ({ id, kind: 'web' as const, url: `${site.origin}/${id}`, onSite: true }));
    const web = (source: string, over: Partial<Creative>): Promise<Creative> => rig.add(source, JSON.stringify({ v: 1, source }), { kind: 'web', mediaType: DESCRIPTOR_TYPES.web, ...over });
    rig.setProgramme(programme([await web('spins', { durationMs: 60_000 }), await web('reloads', { durationMs: 10_000 })], { playlists: [playlist('all', ['reloads', 'spins'])], sources }));
    await until('both were in front', () => rig.plays.length >= 2, 60_000);
    expect(rig.plays.map(({ creative, endReason }) => `${creative.id} ${endReason}`)).toEqual(['reloads ended', 'spins stalled']);
    expect(rig.plays[1]?.durationMs).toBeLessThan(20_000);
  });

  it('is told apart from one that is only busy, and from one that takes its listeners and timers away', async () => {
    const busy = 'setInterval(() => { const until = performance.now() + 300; while (performance.now() < until); }, 400)';
    const tidy = 'onload = () => { document.open(); document.write("<h1>anew</h1>"); document.close(); for (let timer = 0; timer < 1_000; timer += 1) clearInterval(timer) }';
    rig.setProgramme(programme([await html('busy', busy, { durationMs: 4_000 }), await html('tidy', tidy, { durationMs: 4_000 })]));
    await until('both were played, or something failed', () => rig.plays.length >= 2 || rig.faults.length > 0);
    expect(rig.faults).toEqual([]);
    expect(rig.plays.map(({ endReason }) => endReason)).toEqual(['ended', 'ended']);
  });
});
