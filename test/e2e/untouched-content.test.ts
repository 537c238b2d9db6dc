import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DESCRIPTOR_TYPES, type Creative } from '../../src/contract/index.ts';
import { openSite, type Site } from '../content/site.ts';
import { zip } from '../content/zip.ts';
import { programme } from '../programme-fixture.ts';
import { openStageRig, until, type StageRig } from './stage-rig.ts';

let rig: StageRig;
let site: Site;
beforeEach(async () => {
  [rig, site] = await Promise.all([openStageRig(), openSite('localhost')]);
});
afterEach(async () => {
  await rig.close();
  await site.close();
});

// It wants a pointer, listens for every touch, and tells the page at the top.
const PAGE = "<!doctype html><style>* { cursor: pointer }</style><body style='background: #008000; margin: 0; height: 100vh'><script>for (const type of ['pointermove', 'pointerdown', 'mousemove', 'click', 'wheel', 'touchstart']) addEventListener(type, () => top.postMessage('touched: ' + type, '*'), true); top.postMessage('listens', '*')</script>";

const kinds: Readonly<Record<string, () => Promise<Creative>>> = {
  html: () => rig.add('page', PAGE, { kind: 'html', mediaType: 'text/html', durationMs: 60_000 }),
  package: () => rig.add('page', zip([{ name: 'index.html', content: PAGE }]), { kind: 'package', mediaType: 'application/zip', durationMs: 60_000 }),
  web: () => rig.add('page', JSON.stringify({ v: 1, source: 'outside' }), { kind: 'web', mediaType: DESCRIPTOR_TYPES.web, durationMs: 60_000 }),
};

describe.each(Object.keys(kinds))('a page of the kind %s', (kind) => {
  it('gets no pointer and no touch, shows no cursor, and is a picture all the same to whoever looks at the stage', async () => {
    const { page } = rig.stage;
    await page.evaluate(() => {
      const heard: string[] = [];
      Object.assign(globalThis, { heard });
      addEventListener('message', ({ data }) => (typeof data === 'string' ? heard.push(data) : undefined));
    });
    const heard = (): Promise<readonly string[]> => page.evaluate(() => (globalThis as unknown as { heard: string[] }).heard.filter((word) => word === 'listens' || word.startsWith('touched')));
    site.answer((_request, response) => void response.writeHead(200, { 'content-type': 'text/html' }).end(PAGE));
    rig.setProgramme(programme([await kinds[kind]!()], { sources: [{ id: 'outside', kind: 'web', url: `${site.origin}/`, onSite: true }] }));
    await until('it is in front', () => rig.conductor.nowPlaying !== null);
    await expect.poll(heard).toContain('listens');
    await expect.poll(() => page.locator('.slot.front').count()).toBe(1);

    for (const [x, y] of [[300, 300], [640, 360], [900, 500]] as const) {
      await page.mouse.move(x, y);
      await page.mouse.click(x, y);
      await page.mouse.wheel(0, 100);
      expect(await page.evaluate(([left, top]) => { const found = document.elementFromPoint(left, top); return found === null ? null : [found.tagName, getComputedStyle(found).cursor]; }, [x, y] as const)).toEqual(['DIV', 'none']);
    }
    // Messages of frames come one after the other: what was said before this is here.
    for (const frame of page.frames().slice(1)) await frame.evaluate("top.postMessage('listens', '*')");
    await expect.poll(async () => (await heard()).length).toBeGreaterThan(1);
    expect((await heard()).filter((word) => word.startsWith('touched'))).toEqual([]);

    expect(await rig.stage.look()).toBe('picture');
    await page.evaluate(() => document.querySelectorAll<HTMLElement>('.slot.front iframe').forEach((frame) => (frame.style.visibility = 'hidden')));
    expect(await rig.stage.look()).toBe('blank');
  });
});
