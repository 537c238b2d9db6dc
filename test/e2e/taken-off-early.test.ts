import type { Request } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DESCRIPTOR_TYPES, type Creative } from '../../src/contract/index.ts';
import { pdf } from '../content/pdf.ts';
import { openSite, type Site } from '../content/site.ts';
import { programme } from '../programme-fixture.ts';
import { openStageRig, until, type StageRig } from './stage-rig.ts';
import { answerFor, KINDS, sourcesAt } from './transitions/kinds.ts';

/** What a conductor thought better of while the page had not even begun with it: nothing may be left that goes on. */
describe('a creative that is taken off before it was up', () => {
  let rig: StageRig;
  let site: Site;
  let plays = 0;

  beforeAll(async () => {
    [rig, site] = await Promise.all([openStageRig(), openSite('localhost')]);
    const answer = answerFor(KINDS, null);
    site.answer((request, response) => {
      if (request.url === '/endless') response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><img src="/never">');
      else if (request.url !== '/never') answer(request, response);
    });
    const house = await rig.add('house', '<svg xmlns="http://www.w3.org/2000/svg" width="16" height="9"/>', { kind: 'image', mediaType: 'image/svg+xml', durationMs: 60_000 });
    rig.setProgramme(programme([house], { sources: [...sourcesAt(site), { id: 'endless', kind: 'web', url: `${site.origin}/endless`, onSite: true }] }));
    await until('the house is in front', () => rig.conductor.nowPlaying?.creative.id === 'house');
  });

  afterAll(async () => {
    await rig.close();
    await site.close();
  });

  function prepareAndRetire(creative: Creative): void {
    rig.link.send({ type: 'retire', playId: prepare(creative) });
  }

  function prepare(creative: Creative): string {
    const playId = `01890a5d-ac96-774b-bcce-${String((plays += 1)).padStart(12, '0')}`;
    const { kind, sha256, mediaType, name } = creative;
    const presentation = { fit: 'contain', background: '#000000', volumePercent: 0, safeAreaPercent: 0 } as const;
    // What the browser has kept of another time is there at once.
    rig.link.send({ type: 'prepare', playId, zone: 'main', presentation, kind, url: `../media/${sha256}?play=${playId}`, mediaType, durationMs: 60_000, name });
    return playId;
  }

  /** In the page, after the garbage was collected. */
  async function elements(): Promise<number> {
    const session = await rig.stage.page.context().newCDPSession(rig.stage.page);
    await session.send('Performance.enable');
    await session.send('HeapProfiler.collectGarbage');
    const { metrics } = await session.send('Performance.getMetrics');
    await session.detach();
    return metrics.find(({ name }) => name === 'Nodes')?.value ?? NaN;
  }

  async function requestsWithin(ms: number): Promise<number> {
    let requests = 0;
    const count = (request: Request): void => void (requests += Number(request.url().includes('/content/')));
    rig.stage.page.on('request', count);
    await rig.stage.page.waitForTimeout(ms);
    rig.stage.page.off('request', count);
    return requests;
  }

  it('does not ask on for headlines', async () => {
    prepareAndRetire(await rig.add('news', JSON.stringify({ v: 1, source: 'news', otherwise: ['Nothing new'] }), { kind: 'ticker', mediaType: DESCRIPTOR_TYPES.ticker }));
    expect(await requestsWithin(1_500)).toBeLessThanOrEqual(1);
    expect(await requestsWithin(1_000)).toBe(0);
  });

  it('leaves no worker that reads a PDF', async () => {
    prepareAndRetire(await rig.add('menu', pdf([[1, 0, 0]]), { kind: 'pdf', mediaType: 'application/pdf' }));
    await rig.stage.page.waitForTimeout(1_000);
    expect(rig.stage.page.workers()).toEqual([]);
  });

  it('leaves no frame of a web page', async () => {
    prepareAndRetire(await rig.add('page', JSON.stringify({ v: 1, source: 'page' }), { kind: 'web', mediaType: DESCRIPTOR_TYPES.web }));
    await rig.stage.page.waitForTimeout(1_000);
    expect(rig.stage.page.frames()).toHaveLength(1);
    expect(rig.pageErrors).toEqual([]);
  });

  it('does not wait for a web page until its time is out', async () => {
    const playId = prepare(await rig.add('endless', JSON.stringify({ v: 1, source: 'endless', timeoutMs: 9_000 }), { kind: 'web', mediaType: DESCRIPTOR_TYPES.web }));
    await expect.poll(() => site.asked.some(({ path }) => path === '/never')).toBe(true);
    const told = rig.stage.page.waitForRequest((request) => request.postData()?.includes('taken off before it had loaded') === true, { timeout: 60_000 });
    rig.link.send({ type: 'retire', playId });
    await told;
  });

  // Each has its own ways to be half done, so each is taken off a little later every time.
  it.each(KINDS.map((kind) => [kind.codec ?? kind.mediaType, kind] as const))('leaves no element of %s, at whatever moment', async (_, { kind, mediaType, make }) => {
    const creative = await rig.add(`${kind} ${mediaType}`, await make('rgb(200, 100, 30)', rig.stage.page, mediaType), { kind, mediaType });
    const before = await elements();
    for (let retiring = 0; retiring < 12; retiring += 1) {
      const playId = prepare(creative);
      await rig.stage.page.waitForTimeout(retiring ** 2 / 2);
      rig.link.send({ type: 'retire', playId });
    }
    await expect.poll(elements, { timeout: 20_000 }).toBeLessThanOrEqual(before);
  });
});
