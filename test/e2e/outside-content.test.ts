import type { ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DESCRIPTOR_TYPES, type Creative, type Source } from '../../src/contract/index.ts';
import { png } from '../content/png.ts';
import { openSite, type Site } from '../content/site.ts';
import { zip, type ZipFile } from '../content/zip.ts';
import { playlist, programme } from '../programme-fixture.ts';
import { colourOf } from './colour.ts';
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

const house = (): Promise<Creative> => rig.add('house', png(16, 9), { kind: 'image', mediaType: 'image/png', durationMs: 1_000 });
const page = (...files: ZipFile[]): Promise<Creative> => rig.add('page', zip(files), { kind: 'package', mediaType: 'application/zip', durationMs: 20_000, weight: 500 });
const from = (kind: Source['kind'], path: string, over: Partial<Source> = {}): Source => ({ id: 'outside', kind, url: `${site.origin}${path}`, onSite: true, ...over });
const described = (kind: keyof typeof DESCRIPTOR_TYPES, over: Record<string, unknown> = {}, about: Partial<Creative> = {}): Promise<Creative> =>
  rig.add(kind, JSON.stringify({ v: 1, source: 'outside', ...over }), { kind, mediaType: DESCRIPTOR_TYPES[kind], durationMs: 4_000, weight: 500, ...about });
const html = (response: ServerResponse, body: string, headers: Record<string, string> = {}): void => void response.writeHead(200, { 'content-type': 'text/html', ...headers }).end(`<!doctype html>${body}`);

/** What frames post to the stage page, as text. */
async function heard(): Promise<readonly string[]> {
  return rig.stage.page.evaluate(() => (globalThis as unknown as { heard: string[] }).heard);
}
async function listen(): Promise<void> {
  await rig.stage.page.evaluate(() => {
    const all: string[] = [];
    Object.assign(globalThis, { heard: all });
    // With a port comes what the player put into the page.
    addEventListener('message', ({ data, ports }) => (ports.length > 0 ? undefined : all.push(JSON.stringify(data))));
  });
}

describe('an HTML package', () => {
  it('loads its own files and nothing else, and is told its live fields at its start and when they change', async () => {
    await listen();
    let soup = 'Lentils';
    site.answer((_request, response) => response.end(JSON.stringify({ today: { soup } })));
    const script = `
      const say = (...words) => parent.postMessage(words, '*');
      addEventListener('message', ({ data }) => say('fields', data.fields));
      const tries = {
        own: () => fetch('data/menu.json').then((answer) => answer.json()).then(({ dish }) => dish),
        player: () => fetch('/stage/commands').then(() => 'reached'),
        media: () => fetch('/media/${'0'.repeat(64)}').then(() => 'reached'),
        outside: () => fetch('${site.origin}/').then(() => 'reached'),
        picture: () => new Promise((resolve, reject) => { const image = new Image(); image.onload = () => resolve('drawn'); image.onerror = reject; image.src = 'a.png' }),
        parent: () => Promise.resolve(parent.document.title),
        storage: () => Promise.resolve(localStorage.length),
        window: () => Promise.resolve(open('about:blank') === null ? 'refused' : 'opened'),
        dialog: () => Promise.resolve(String(confirm('?'))),
        top: async () => { top.location.href = 'about:blank'; return 'went' },
        camera: () => navigator.mediaDevices.getUserMedia({ video: true }).then(() => 'seen'),
      };
      for (const [what, attempt] of Object.entries(tries)) Promise.resolve().then(attempt).then((result) => say(what, result), () => say(what, 'no'));
    `;
    const fields = [
      { name: 'soup', default: 'soup of the day', from: { source: 'outside', pointer: '/today/soup' } },
      { name: 'price', default: 4.5, from: { source: 'outside', pointer: '/today/price' } },
      { name: 'screen', default: '', from: { screen: 'name' } },
    ];
    rig.setProgramme(
      programme(
        [
          await page(
            { name: 'index.html', content: '<!doctype html><link rel="stylesheet" href="css/a.css"><body><script src="a.js"></script><script type="module" src="b.mjs"></script>' },
            { name: 'a.js', content: script },
            { name: 'b.mjs', content: "parent.postMessage(['module', getComputedStyle(document.body).color], '*')" },
            { name: 'css/a.css', content: 'body { color: rgb(1, 2, 3) }' },
            { name: 'data/menu.json', content: '{"dish":"Pie"}' },
            { name: 'a.png', content: png(4, 4) },
            { name: 'litfass.json', content: JSON.stringify({ v: 1, fields }) },
          ),
        ],
        { sources: [from('json', '/menu.json', { everyMs: 10_000 })] },
      ),
    );
    await until('it is shown', () => rig.conductor.nowPlaying !== null);
    await expect.poll(async () => (await heard()).length, { timeout: 8_000 }).toBeGreaterThanOrEqual(13);
    const said = (await heard()).filter((line) => !line.includes('"fields"'));
    expect(said.sort()).toEqual(['["camera","no"]', '["dialog","false"]', '["media","no"]', '["module","rgb(1, 2, 3)"]', '["outside","no"]', '["own","Pie"]', '["parent","no"]', '["picture","drawn"]', '["player","no"]', '["storage","no"]', '["top","no"]', '["window","refused"]']);
    await expect.poll(heard, { timeout: 8_000 }).toContain('["fields",{"soup":"Lentils","price":4.5,"screen":"Window"}]');
    soup = 'Pumpkin';
    await expect.poll(heard, { timeout: 20_000 }).toContain('["fields",{"soup":"Pumpkin","price":4.5,"screen":"Window"}]');
    expect(rig.faults).toEqual([]);
    expect(rig.stage.page.context().pages()).toHaveLength(1);
  });

  it('that goes to another page is taken off, and shoppers see no error of the browser', async () => {
    rig.setProgramme(programme([await house(), await page({ name: 'index.html', content: `<script>setTimeout(() => location.href = '${site.origin}/', 1500)</script>` })]));
    await until('it was taken off', () => rig.faults.length > 0);
    expect(rig.faults).toMatchObject([{ creativeId: 'page', code: 'load', message: expect.stringContaining('left its place') as string }]);
    await until('the house is there', () => rig.conductor.nowPlaying?.creative.id === 'house');
    expect(site.asked).toEqual([]);
  });
});

describe('a ticker', () => {
  const feed = (...titles: string[]): string => `<rss><channel>${titles.map((title) => `<item><title>${title}</title></item>`).join('')}</channel></rss>`;
  /** Left and right edge of each strip, px. */
  const edges = (): Promise<number[][]> => rig.stage.page.evaluate(() => [...document.querySelectorAll('.ticker > div')].map((strip) => strip.getBoundingClientRect()).map(({ left, right }) => [left, right]));

  it('runs at a constant speed without a gap, and takes up new headlines as they come', async () => {
    let titles = ['Fresh bread &lt;b&gt;daily&lt;/b&gt;', 'Soup &amp; salad'];
    site.answer((_request, response) => response.end(feed(...titles)));
    rig.setProgramme(programme([await described('ticker', { pxPerSecond: 400, textPercent: 10 }, { durationMs: 60_000 }), await house()], { sources: [from('feed', '/feed.xml', { everyMs: 10_000 })] }));
    await until('it is shown', () => rig.conductor.nowPlaying?.creative.id === 'ticker');
    const speeds: number[] = [];
    for (let sample = 0; sample < 20; sample += 1) {
      const strips = await edges();
      // One whose turn has not come waits at the right edge, outside.
      for (const [index, [left = 0]] of strips.entries()) if (index > 0 && left < 1_280) expect(Math.abs(left - (strips[index - 1]?.[1] ?? 0)), 'gap').toBeLessThan(1.5);
      expect(Math.min(...strips.map(([left = 0]) => left)), 'left edge').toBeLessThanOrEqual(0);
      expect(Math.max(...strips.map(([, right = 0]) => right)), 'right edge').toBeGreaterThanOrEqual(1_280);
      speeds.push(
        await rig.stage.page.evaluate(async () => {
          const strip = [...document.querySelectorAll('.ticker > div')].findLast((each) => each.getBoundingClientRect().left < 1_200);
          const at = (): [number, number] => [Number(document.timeline.currentTime), strip?.getBoundingClientRect().left ?? 0];
          const [beganMs, began] = at();
          await new Promise((resolve) => setTimeout(resolve, 100));
          const [endedMs, ended] = at();
          return ((began - ended) / (endedMs - beganMs)) * 1_000;
        }),
      );
    }
    for (const speed of speeds) expect(Math.abs(speed - 400)).toBeLessThan(4);
    expect(await rig.stage.page.textContent('.ticker')).toContain('Fresh bread daily•Soup & salad•');
    titles = ['Closed on Sunday'];
    await expect.poll(() => rig.stage.page.textContent('.ticker'), { timeout: 20_000 }).toContain('Closed on Sunday');
    expect(rig.faults).toEqual([]);
    expect(await rig.stage.page.evaluate(() => document.querySelectorAll('.ticker > div').length)).toBeLessThan(40);
  });

  it('begins with its first headline when it is shown, however long it was ready before', async () => {
    const first = await rig.add('first', png(16, 9), { kind: 'image', mediaType: 'image/png', durationMs: 3_000 });
    const ticker = await described('ticker', { pxPerSecond: 400, otherwise: ['First of all'] });
    rig.setProgramme(programme([first, ticker], { playlists: [playlist('one after the other', [first.id, ticker.id])], sources: [from('feed', '/feed.xml')] }));
    // In the first frame in which it is in front.
    const left = rig.stage.page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          const look = (): void => {
            const strip = document.querySelector('.slot.front .ticker > div');
            if (strip === null) requestAnimationFrame(look);
            else resolve(strip.getBoundingClientRect().left);
          };
          requestAnimationFrame(look);
        }),
    );
    expect(await left).toBeLessThanOrEqual(0.5);
    // A tenth of a second of it.
    expect(await left).toBeGreaterThan(-40);
  });

  it('without a feed shows what its descriptor has for that, or gives way', async () => {
    site.answer((_request, response) => response.writeHead(503).end());
    rig.setProgramme(programme([await house(), await described('ticker')], { sources: [from('feed', '/feed.xml')] }));
    await until('it was skipped', () => rig.faults.length > 0);
    expect(rig.faults).toMatchObject([{ code: 'load', message: expect.stringContaining('has never been read here') as string }]);
    rig.setProgramme(programme([await house(), await described('ticker', { otherwise: ['Good morning'] })], { sources: [from('feed', '/feed.xml')] }));
    await until('it is shown', () => rig.conductor.nowPlaying?.creative.id === 'ticker');
    expect(await rig.stage.page.textContent('.ticker')).toContain('Good morning');
  });

  it('hangs edge to edge on a panel on its side, too', async () => {
    await rig.close();
    rig = await openStageRig(90);
    rig.setProgramme(programme([await described('ticker', { otherwise: ['Hi'], textPercent: 10 }, { durationMs: 60_000 })], { sources: [from('feed', '/feed.xml')] }));
    await until('it is shown', () => rig.conductor.nowPlaying?.creative.id === 'ticker');
    const strips = await rig.stage.page.evaluate(() => [...document.querySelectorAll('.ticker > div')].map((strip) => strip.getBoundingClientRect()).map(({ top, bottom }) => ({ top, bottom })));
    const inSight = strips.filter(({ top }, index) => index === 0 || top < 720);
    expect(inSight.length).toBeGreaterThan(1);
    for (const [index, { top }] of inSight.entries()) if (index > 0) expect(Math.abs(top - inSight[index - 1]!.bottom)).toBeLessThan(1.5);
  });
});

describe('a web page', () => {
  const show = async (over: Partial<Source> = {}): Promise<void> => rig.setProgramme(programme([await house(), await described('web', { timeoutMs: 1_500 })], { sources: [from('web', '/', over)] }));
  const fault = async (): Promise<string> => {
    await until('it was skipped or taken off', () => rig.faults.length > 0);
    await until('the house is there', () => rig.conductor.nowPlaying?.creative.id === 'house');
    return rig.faults[0]?.message ?? '';
  };

  it('is shown in a frame that may do nothing to the screen', async () => {
    const evil = `<h1 style="color: #c00">Menu</h1><script>
      const results = [];
      const attempt = (what, act) => { try { results.push(what + ': ' + act()) } catch { results.push(what + ': no') } };
      attempt('alert', () => { alert('!'); return 'returned' });
      attempt('confirm', () => confirm('?'));
      attempt('open', () => open('/other'));
      attempt('parent', () => parent.document.title);
      attempt('top', () => { top.location.href = 'https://evil.example/'; return 'went' });
      attempt('own storage', () => { localStorage.setItem('a', '1'); return localStorage.getItem('a') });
      navigator.geolocation.getCurrentPosition(() => fetch('/located'), () => fetch('/not-located'));
      navigator.mediaDevices?.getUserMedia({ video: true }).then(() => fetch('/filmed'), () => fetch('/not-filmed'));
      Notification.requestPermission?.().then((answer) => fetch('/notify-' + answer));
      fetch('/results?' + encodeURIComponent(results.join(',')));
    </script>`;
    site.answer((request, response) => (request.url === '/' ? html(response, evil) : response.end()));
    await show();
    await until('it was played to its end', () => rig.plays.some(({ creative, endReason }) => creative.id === 'web' && endReason === 'ended'));
    const asked = site.asked.map(({ path }) => decodeURIComponent(path));
    expect(asked.find((path) => path.startsWith('/results'))).toBe('/results?alert: returned,confirm: false,open: null,parent: no,top: no,own storage: 1');
    for (const path of ['/located', '/filmed', '/notify-granted', '/other']) expect(asked).not.toContain(path);
    expect(rig.plays.find(({ creative }) => creative.id === 'web')?.presentedFrames).toBeGreaterThan(30);
    expect(rig.faults).toEqual([]);
    expect(rig.stage.page.context().pages()).toHaveLength(1);
    expect(rig.stage.page.url()).toMatch(/\/stage\/$/);
  });

  it('that gives no answer is skipped', async () => {
    site.answer(() => undefined);
    await show();
    expect(await fault()).toContain('gave no answer within 1.5 s');
  });

  it('that never ends loading is skipped', async () => {
    site.answer((_request, response) => response.writeHead(200, { 'content-type': 'text/html' }).write('<!doctype html><p>half'));
    await show();
    expect(await fault()).toContain('had not loaded after 1.5 s');
  });

  it.each([
    ['answers with an error', (response: ServerResponse) => response.writeHead(404).end(), 'answered 404'],
    ['is off', (response: ServerResponse) => response.destroy(), 'cannot be reached'],
    ['refuses frames', (response: ServerResponse) => html(response, 'x', { 'x-frame-options': 'DENY' }), 'X-Frame-Options: DENY'],
    ['allows other frames only', (response: ServerResponse) => html(response, 'x', { 'content-security-policy': "default-src *; frame-ancestors 'self' https://a.example" }), 'frame-ancestors'],
    ['sends the screen elsewhere', (response: ServerResponse) => response.writeHead(302, { location: 'http://evil.example/' }).end(), 'leads to http://evil.example/, which is not on its list'],
  ] as const)('that %s is skipped, and it is said why', async (_what, answer, says) => {
    site.answer((_request, response) => void answer(response));
    await show();
    expect(await fault()).toContain(says);
  });

  it('that leaves for a site that is not on the list is taken off, unseen', async () => {
    site.answer((_request, response) => html(response, "<script>setTimeout(() => { location.href = 'http://127.0.0.1:9/' }, 1500)</script>"));
    await show();
    expect(await fault()).toContain('wanted to go to a site that its source does not name');
  });

  it('that loads itself anew is looked at again, and taken off when it has gone', async () => {
    let isUp = true;
    site.answer((_request, response) => (isUp ? html(response, '<meta http-equiv="refresh" content="1">x') : void response.destroy()));
    rig.setProgramme(programme([await house(), await described('web', {}, { durationMs: 20_000 })], { sources: [from('web', '/')] }));
    await until('it is shown', () => rig.conductor.nowPlaying?.creative.id === 'web');
    await until('it has loaded itself anew', () => site.asked.length > 6);
    expect(rig.faults).toEqual([]);
    isUp = false;
    expect(await fault()).toContain('the browser of this screen could not show the page');
  });

  it('whose server is off leaves its slot to its fallback, which is on the panel for as long', async () => {
    site.answer((_request, response) => void response.destroy());
    const blue = '<svg xmlns="http://www.w3.org/2000/svg" width="16" height="9"><rect width="16" height="9" fill="#0000ff"/></svg>';
    const instead = await rig.add('instead', blue, { kind: 'image', mediaType: 'image/svg+xml', durationMs: 1_000, schedule: [{ until: '2000-01-01' }] });
    rig.setProgramme(programme([await house(), instead, await described('web', {}, { fallback: 'instead', tier: 'contract' })], { sources: [from('web', '/')] }));
    await until('the fallback is in front', () => rig.conductor.nowPlaying?.creative.id === 'instead');
    await rig.stage.page.waitForTimeout(600);
    expect(await colourOf(rig.stage.page)).toEqual([0, 0, 255]);
    await until('it was played', () => rig.plays.length > 0);
    expect(rig.plays[0]).toMatchObject({ creative: { id: 'instead', sha256: instead.sha256 }, plannedMs: 4_000, endReason: 'ended', decision: { reason: { tier: 'contract', insteadOf: { creativeId: 'web', code: 'load' } } } });
    expect(Math.abs((rig.plays[0]?.durationMs ?? 0) - 4_000)).toBeLessThan(1_000);
    expect(rig.faults).toMatchObject([{ creativeId: 'web', message: expect.stringContaining('cannot be reached') as string }]);
  });

  it('of the player itself is refused', async () => {
    const own = new URL(rig.stage.page.url());
    await show({ url: `http://localhost:${own.port}/stage/` });
    expect(await fault()).toContain('is this player itself');
  });
});
