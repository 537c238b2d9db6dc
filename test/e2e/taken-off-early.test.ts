import type { Request } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DESCRIPTOR_TYPES, type Creative } from '../../src/contract/index.ts';
import { pdf } from '../content/pdf.ts';
import { openSite, type Site } from '../content/site.ts';
import { openStageRig, until, type StageRig } from './stage-rig.ts';
import { programme } from '../programme-fixture.ts';

/** What a conductor thought better of while the page had not even begun with it: nothing may be left that goes on. */
describe('a creative that is taken off before it was up', () => {
  let rig: StageRig;
  let site: Site;
  let plays = 0;

  beforeAll(async () => {
    [rig, site] = await Promise.all([openStageRig(), openSite('localhost')]);
    site.answer((_request, response) => response.writeHead(404).end());
    const house = await rig.add('house', '<svg xmlns="http://www.w3.org/2000/svg" width="16" height="9"/>', { kind: 'image', mediaType: 'image/svg+xml', durationMs: 60_000 });
    rig.setProgramme(programme([house], { sources: [{ id: 'news', kind: 'feed', url: `${site.origin}/news`, onSite: true }, { id: 'page', kind: 'web', url: `${site.origin}/page`, onSite: true }] }));
    await until('the house is in front', () => rig.conductor.nowPlaying?.creative.id === 'house');
  });

  afterAll(async () => {
    await rig.close();
    await site.close();
  });

  function prepareAndRetire(creative: Creative): void {
    const playId = `01890a5d-ac96-774b-bcce-${String((plays += 1)).padStart(12, '0')}`;
    const { kind, sha256, mediaType, name } = creative;
    const presentation = { fit: 'contain', background: '#000000', volumePercent: 0, safeAreaPercent: 0 } as const;
    rig.link.send({ type: 'prepare', playId, zone: 'main', presentation, kind, url: `../media/${sha256}`, mediaType, durationMs: 60_000, name });
    rig.link.send({ type: 'retire', playId });
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
});
