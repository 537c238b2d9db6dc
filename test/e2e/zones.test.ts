import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Creative, Layout, Presentation } from '../../src/contract/index.ts';
import { LOOK } from '../../src/shells/look.ts';
import { programme } from '../programme-fixture.ts';
import { openStageRig, until, type StageRig } from './stage-rig.ts';
import { filmPanel } from './transitions/camera.ts';
import { readPng } from './transitions/png.ts';

const SVG = { kind: 'image', mediaType: 'image/svg+xml' } as const;
/** Pictures for a person to look at, where somebody asks for them. */
const pictures = process.env.LITFASS_PICTURES;

const shelf: Layout = {
  id: 'shelf',
  columns: 2,
  rows: 8,
  zones: [
    { id: 'main', column: 1, row: 1, columnSpan: 2, rowSpan: 6 },
    { id: 'side', column: 1, row: 7, columnSpan: 2, rowSpan: 2 },
  ],
};

function still(colour: string, text: string, width: number, height: number): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="${colour}"/><text x="24" y="90" font-size="72" fill="#fff">${text}</text></svg>`;
}

let rig: StageRig;
beforeEach(async () => {
  rig = await openStageRig(90);
});
afterEach(async () => {
  await rig.close();
});

/** The colour that people see so many pixels from the left and from the top of a panel of 720 × 1280, which lies on its side in the browser. */
async function colours(...places: readonly (readonly [x: number, y: number])[]): Promise<string[]> {
  const { width, rgb } = readPng(await rig.stage.page.screenshot());
  return places.map(([x, y]) => {
    const at = 3 * (x * width + (width - 1 - y));
    return [...rgb.subarray(at, at + 3)].join(' ');
  });
}

async function picture(name: string): Promise<void> {
  if (pictures !== undefined) await writeFile(join(pictures, `${name}.png`), await rig.stage.page.screenshot());
}

describe('a divided panel that hangs on its side', () => {
  it('shows each zone where it belongs as people see it, and no zone waits for another', async () => {
    const broken = { kind: 'video', mediaType: 'video/mp4', zone: 'side', weight: 9, durationMs: 1_000 } as const;
    rig.setProgramme(
      programme(
        [
          await rig.add('a', still('#c81e1e', 'main a', 720, 960), { ...SVG, durationMs: 1_500, presentation: { transition: { kind: 'push', ms: 300 } } }),
          await rig.add('b', still('#c8781e', 'main b', 720, 960), { ...SVG, durationMs: 1_500, presentation: { transition: { kind: 'slide', ms: 300 } } }),
          await rig.add('s', still('#1e1ec8', 'side s', 720, 320), { ...SVG, zone: 'side', durationMs: 900 }),
          await rig.add('t', still('#1e78c8', 'side t', 720, 320), { ...SVG, zone: 'side', durationMs: 900 }),
          await rig.add('no-video', Buffer.alloc(4_000, 7), broken),
        ],
        { layouts: [shelf] },
      ),
    );
    await until('both zones show something', () => rig.conductor.inFront.length === 2);
    const startMs = performance.now();
    const camera = await filmPanel(rig.stage.page);
    await until('both zones went on', () => ['main', 'side'].every((zone) => rig.plays.filter((play) => play.zone === zone).length >= 4));
    await camera.stop();
    await picture('zones');
    // The panel's lower end is on the left in the browser, and the zones meet at a quarter of it. No text passes these places.
    const shots = camera.shots.filter(({ atMs }) => atMs > startMs);
    expect(shots.length).toBeGreaterThan(30);
    for (const { png } of shots) {
      const { width, height, rgb } = readPng(png);
      for (const [x, isOf] of [[0.05, 'side'], [0.15, 'side'], [0.3, 'main'], [0.6, 'main'], [0.9, 'main']] as const) {
        const at = 3 * (Math.floor(0.9 * height) * width + Math.floor(x * width));
        const [red = 0, , blue = 0] = rgb.subarray(at, at + 3);
        expect(isOf === 'main' ? red - blue : blue - red, `${isOf} at ${x}`).toBeGreaterThan(140);
      }
    }
    expect(rig.faults.map(({ creativeId }) => creativeId)).toEqual(['no-video']);
    expect(rig.plays.every(({ presentedFrames, endReason }) => presentedFrames > 5 && endReason === 'ended')).toBe(true);
    expect(rig.pageErrors).toEqual([]);
  });

  it('keeps what a zone shows when the layout changes, moved and resized, and lets a zone go that is no more', async () => {
    const main = await rig.add('a', still('#c81e1e', 'main', 720, 960), { ...SVG, durationMs: 60_000, presentation: { fit: 'fill' } });
    const side = await rig.add('s', still('#1e1ec8', 'side', 720, 320), { ...SVG, zone: 'side', durationMs: 60_000, presentation: { fit: 'fill' } });
    rig.setProgramme(programme([main, side], { layouts: [shelf] }));
    await until('both zones show something', () => rig.conductor.inFront.length === 2);
    const before = rig.conductor.nowPlaying?.playId;
    expect(await colours([360, 600], [360, 1_200])).toEqual(['200 30 30', '30 30 200']);
    const upsideDown: Layout = { ...shelf, zones: [{ ...shelf.zones[0]!, row: 3 }, { ...shelf.zones[1]!, row: 1 }] };
    rig.setProgramme(programme([main, side], { version: 2, layouts: [upsideDown] }));
    await expect.poll(() => colours([360, 100], [360, 1_200])).toEqual(['30 30 200', '200 30 30']);
    rig.setProgramme(programme([main], { version: 3 }));
    await expect.poll(() => colours([360, 20], [360, 1_260])).toEqual(['200 30 30', '200 30 30']);
    expect(rig.conductor.nowPlaying?.playId).toBe(before);
    expect(rig.plays.map(({ zone, endReason }) => [zone, endReason])).toEqual([['side', 'interrupt']]);
    expect(await rig.stage.page.locator('.zone').count()).toBe(1);
  });

  it('waits as long as main has nothing, whatever is shown beside it', async () => {
    const broken = await rig.add('broken', Buffer.alloc(4_000, 7), { kind: 'video', mediaType: 'video/mp4' });
    rig.setProgramme(programme([broken, await rig.add('s', still('#1e1ec8', 'side', 720, 320), { ...SVG, zone: 'side' })], { layouts: [shelf] }));
    const look = (): Promise<unknown> => rig.stage.page.evaluate(LOOK);
    await until('the side shows something', () => rig.conductor.inFront.some(({ zone }) => zone === 'side'));
    expect(await look()).toBe('waiting');
    rig.setProgramme(programme([await rig.add('a', still('#c81e1e', 'main', 720, 960), SVG)], { version: 2, layouts: [shelf] }));
    await until('main shows something', () => rig.conductor.nowPlaying !== null);
    await expect.poll(look).toBe('picture');
    await rig.stage.page.evaluate("document.querySelector('[data-zone=main] .slot').remove()");
    expect(await look()).toBe('blank');
  });
});

describe('how a creative lies in its zone', () => {
  /** Its picture is 400 × 200: red on the left, blue on the right. */
  const halves = '<svg xmlns="http://www.w3.org/2000/svg" width="400" height="200" preserveAspectRatio="none" viewBox="0 0 2 1"><rect width="1" height="1" fill="#f00"/><rect x="1" width="1" height="1" fill="#00f"/></svg>';
  const [RED, BLUE, BLACK, GREEN] = ['255 0 0', '0 0 255', '0 0 0', '0 128 0'];

  async function show(content: string | Buffer, over: Partial<Creative>, presentation?: Presentation): Promise<void> {
    rig.setProgramme(programme([await rig.add('it', content, { ...SVG, durationMs: 60_000, ...(presentation === undefined ? {} : { presentation }), ...over })], { version: 1 }));
    await until('it is shown', () => rig.conductor.nowPlaying !== null);
  }

  it('contains all of it on black, if nothing is said', async () => {
    await show(halves, {});
    // 720 wide and 360 high, in the middle of 1280.
    expect(await colours([10, 640], [710, 640], [360, 450], [360, 830], [10, 470], [710, 810])).toEqual([RED, BLUE, BLACK, BLACK, RED, BLUE]);
  });

  it('contains it on the colour that was wished for, within a safe area of each side’s own length', async () => {
    await show(halves, {}, { background: '#008000', safeAreaPercent: 10 });
    // 72 pixels free on the left and right, 128 above and below: 576 wide, 288 high.
    expect(await colours([70, 640], [75, 640], [645, 640], [650, 640], [360, 490], [360, 500 + 290])).toEqual([GREEN, RED, BLUE, GREEN, GREEN, GREEN]);
  });

  it('covers the zone, or fills it, within its safe area', async () => {
    await show(halves, {}, { fit: 'cover', background: '#008000', safeAreaPercent: 5 });
    expect(await colours([40, 70], [680, 70], [40, 1_210], [30, 640], [360, 60])).toEqual([RED, BLUE, RED, GREEN, GREEN]);
  });

  it('turns a photograph as its camera was held', async () => {
    const jpeg = await rig.stage.page.evaluate(async () => {
      const canvas = new OffscreenCanvas(320, 160);
      const context = canvas.getContext('2d');
      if (context === null) throw new Error('no canvas');
      for (const [x, colour] of [[0, '#f00'], [160, '#00f']] as const) {
        context.fillStyle = colour;
        context.fillRect(x, 0, 160, 160);
      }
      return [...new Uint8Array(await (await canvas.convertToBlob({ type: 'image/jpeg', quality: 1 })).arrayBuffer())];
    });
    await show(heldUpright(Buffer.from(jpeg)), { mediaType: 'image/jpeg' });
    // As it is meant it is 160 × 320, red above blue: 640 × 1280 on this panel.
    const [above, below, beside] = await colours([360, 100], [360, 1_180], [20, 640]);
    expect([above, below]).toEqual([expect.stringMatching(/^25[345] [012] [012]$/), expect.stringMatching(/^[012] [012] 25[345]$/)]);
    expect(beside).toBe(BLACK);
  });

  it('shows a page that paints no background on white, as any browser does', async () => {
    await show('<!doctype html><title>Plain</title>', { kind: 'html', mediaType: 'text/html' });
    expect(await colours([360, 640])).toEqual(['255 255 255']);
  });
});

/** Says in the file that the camera was turned by a quarter: EXIF 2.3, tag 0x0112 (Orientation) is 6. */
function heldUpright(jpeg: Buffer): Buffer {
  const tiff = Buffer.from('4d4d002a00000008000101120003000000010006000000000000', 'hex');
  const body = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff]);
  const head = Buffer.from([0xff, 0xe1, 0, 0]);
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([jpeg.subarray(0, 2), head, body, jpeg.subarray(2)]);
}
