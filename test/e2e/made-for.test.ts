import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DESCRIPTOR_TYPES, type Presentation } from '../../src/contract/index.ts';
import { openSite, type Site } from '../content/site.ts';
import { programme } from '../programme-fixture.ts';
import { openStageRig, type StageRig } from './stage-rig.ts';
import { readPng } from './transitions/png.ts';

/** Red on the left, blue on the right, as large as it takes it to be; what lies below its 400 pixels is not painted. */
const PAGE = '<!doctype html><style>body { margin: 0 } div { float: left; width: 50vw; height: 400px }</style><div style="background: #ff0000"></div><div style="background: #0000ff"></div>';
const BANNER = { widthPx: 1_600, heightPx: 400 };

/** A panel of 1280 × 720. */
describe.each(['html', 'web'] as const)('a page of kind %s', (kind) => {
  let rig: StageRig;
  let site: Site;
  beforeAll(async () => {
    [rig, site] = await Promise.all([openStageRig(), openSite('localhost')]);
    site.answer((_request, response) => response.writeHead(200, { 'content-type': 'text/html' }).end(PAGE));
  });
  afterAll(async () => {
    await rig.close();
    await site.close();
  });

  async function show(presentation: Presentation): Promise<void> {
    const id = `page-${JSON.stringify(presentation).length}`;
    const content = kind === 'html' ? PAGE : JSON.stringify({ v: 1, source: 'page' });
    const mediaType = kind === 'html' ? 'text/html' : DESCRIPTOR_TYPES.web;
    const creative = await rig.add(id, content, { kind, mediaType, durationMs: 1_500, presentation: { background: '#008000', transition: { kind: 'cut', ms: 0 }, ...presentation } });
    rig.setProgramme(programme([creative], { sources: [{ id: 'page', kind: 'web', url: `${site.origin}/page`, onSite: true }] }));
    await expect.poll(() => rig.conductor.nowPlaying?.creative.id).toBe(id);
  }

  async function colours(...places: readonly (readonly [x: number, y: number])[]): Promise<string[]> {
    const { width, rgb } = readPng(await rig.stage.page.screenshot());
    return places.map(([x, y]) => {
      const [red = 0, green = 0, blue = 0] = rgb.subarray(3 * (y * width + x));
      return red > green && red > blue ? 'red' : green > blue ? 'green' : 'blue';
    });
  }

  it('has the size of its zone if nothing is said, and the colour that was asked for behind it', async () => {
    await show({});
    expect(await colours([630, 10], [650, 10], [10, 390], [10, 410], [1270, 710])).toEqual(['red', 'blue', 'red', 'green', 'green']);
  });

  it('is laid out at the size it was made for, and lies in its zone like a picture', async () => {
    await show({ madeFor: BANNER });
    expect(await colours([10, 190], [10, 210], [630, 360], [650, 360], [1270, 510], [1270, 530]), 'all of it').toEqual(['green', 'red', 'red', 'blue', 'blue', 'green']);
    await show({ madeFor: BANNER, fit: 'cover' });
    expect(await colours([5, 5], [630, 715], [650, 5], [1275, 715]), 'the whole zone').toEqual(['red', 'red', 'blue', 'blue']);
    await show({ madeFor: BANNER, fit: 'fill', safeAreaPercent: 10 });
    expect(await colours([120, 360], [136, 80], [630, 640], [1144, 640], [1160, 360]), 'all of its place').toEqual(['green', 'red', 'red', 'blue', 'green']);
    expect(rig.faults).toEqual([]);
    expect(rig.pageErrors).toEqual([]);
  });
});
