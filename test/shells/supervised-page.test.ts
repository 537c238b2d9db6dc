import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Understudy } from '../../src/player/index.ts';
import type { OpenedPage } from '../../src/shells/chromium/open-page.ts';
import type { PageRequest } from '../../src/shells/chromium/page-request.ts';
import { supervisePage } from '../../src/shells/chromium/supervised-page.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Browsers that open or not, as the test says, and can be made to die. */
function rig(opens: (attempt: number) => boolean = () => true, picture: () => Promise<string> = () => Promise.resolve('')) {
  const said: string[] = [];
  const openings: { atMs: number; url: string; unseen: boolean; problem: PageRequest['onProblem'] }[] = [];
  const revealed: number[] = [];
  const announced: string[] = [];
  let alive = 0;
  const startMs = performance.now();
  const open = (request: PageRequest): Promise<OpenedPage> => {
    openings.push({ atMs: performance.now() - startMs, url: request.url, unseen: request.unseen === true, problem: request.onProblem });
    const own = openings.length;
    if (!opens(openings.length)) return Promise.reject(new Error('no such browser'));
    alive += 1;
    const opened: Pick<OpenedPage, 'reload' | 'reveal' | 'picture' | 'close'> = {
      picture,
      reveal: () => Promise.resolve(void revealed.push(own)),
      reload: () => Promise.reject(new Error('hangs')),
      close() {
        alive -= 1;
        return Promise.resolve();
      },
    };
    return Promise.resolve(opened as OpenedPage);
  };
  const page = supervisePage({ request: { browser: { path: '', env: {} }, url: 'about:blank', window: 'headless' }, what: 'test page', say: (line) => said.push(line), steadyMs: 60_000, onLife: (life) => announced.push(life), open });
  return { page, said, openings, announced, revealed, alive: () => alive };
}

function understudyDouble() {
  const understudy = {
    life: '',
    isUp: false,
    isInStep: false,
    did: [] as string[],
    takeOver: () => void understudy.did.push('took over'),
    dismiss: () => void understudy.did.push('dismissed'),
  };
  const called = (life: string): Understudy => Object.assign(understudy, { life }) as unknown as Understudy;
  return { understudy, called };
}

describe('a supervised page', () => {
  it('is opened again at once when it crashes, and only one is ever alive', async () => {
    const { openings, alive, said } = rig();
    await vi.advanceTimersByTimeAsync(0);
    openings[0]!.problem('page-crashed', 'the page crashed');
    openings[0]!.problem('browser-gone', 'the browser ended');
    await vi.advanceTimersByTimeAsync(10);
    expect(openings).toHaveLength(2);
    expect(alive()).toBe(1);
    expect(said).toEqual(['test page: the page crashed; opening it anew']);
  });

  it('is no storm of restarts when it dies again and again', async () => {
    const { openings } = rig();
    for (let seconds = 0; seconds < 600; seconds += 1) {
      await vi.advanceTimersByTimeAsync(1_000);
      openings.at(-1)!.problem('browser-gone', 'the browser ended');
    }
    expect(openings.length).toBeLessThan(18);
  });

  it('is tried until it opens, also the first time', async () => {
    const { openings, alive } = rig((attempt) => attempt > 3);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(openings).toHaveLength(4);
    expect(alive()).toBe(1);
  });

  it('is opened in a new browser when it hangs', async () => {
    const { page, openings, alive } = rig();
    await vi.advanceTimersByTimeAsync(0);
    page.reload('says nothing');
    await vi.advanceTimersByTimeAsync(10);
    expect(openings).toHaveLength(2);
    expect(alive()).toBe(1);
  });

  it('stays in front until the page that learned what it shows takes over, and then there is one', async () => {
    const { page, openings, announced, alive, revealed } = rig();
    await vi.advanceTimersByTimeAsync(0);
    const { understudy, called } = understudyDouble();
    const replaced = page.replace('its memory grew', called);
    await vi.advanceTimersByTimeAsync(500);
    expect(openings.map(({ url, unseen }) => [url, unseen])).toEqual([[`about:blank?life=${announced[0] ?? ''}`, false], [`about:blank?life=${understudy.life}`, true]]);
    expect([announced.length, alive(), revealed]).toEqual([1, 2, []]);
    expect(understudy.life).not.toBe(announced[0]);
    understudy.isUp = true;
    await vi.advanceTimersByTimeAsync(30_000);
    expect([understudy.did, revealed]).toEqual([[], []]);
    understudy.isInStep = true;
    await vi.advanceTimersByTimeAsync(100);
    await replaced;
    expect([understudy.did, revealed, alive()]).toEqual([['took over'], [2], 1]);
    openings[0]!.problem('browser-gone', 'the old one ended');
    await vi.advanceTimersByTimeAsync(10);
    expect(openings).toHaveLength(2);
    openings[1]!.problem('browser-gone', 'the new one ended');
    await vi.advanceTimersByTimeAsync(10);
    expect(openings).toHaveLength(3);
  });

  it('is followed without a picture of it when it gives none, and holds up nothing after that', async () => {
    const { page, openings } = rig(undefined, () => new Promise(() => undefined));
    await vi.advanceTimersByTimeAsync(0);
    void page.replace('its memory grew', understudyDouble().called);
    await vi.advanceTimersByTimeAsync(31_000);
    expect(openings.map(({ unseen }) => unseen)).toEqual([false, true]);
  });

  it('gives way in the middle of a creative that stands for a day', async () => {
    const { page } = rig();
    await vi.advanceTimersByTimeAsync(0);
    const { understudy, called } = understudyDouble();
    void page.replace('its memory grew', called);
    understudy.isUp = true;
    await vi.advanceTimersByTimeAsync(119_000);
    expect(understudy.did).toEqual([]);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(understudy.did).toEqual(['took over']);
  });

  it('stays when the other one does not come up, or dies', async () => {
    for (const dies of [false, true]) {
      const { page, openings, alive, revealed } = rig();
      await vi.advanceTimersByTimeAsync(0);
      const { understudy, called } = understudyDouble();
      const replaced = page.replace('its memory grew', called);
      await vi.advanceTimersByTimeAsync(0);
      if (dies) openings[1]!.problem('page-crashed', 'the page crashed');
      await vi.advanceTimersByTimeAsync(dies ? 100 : 61_000);
      await replaced;
      expect([understudy.did, revealed, alive(), openings.length]).toEqual([['dismissed'], [], 1, 2]);
    }
  });

  it('that dies while another one is ready is followed by that one at once', async () => {
    const { page, openings, alive } = rig();
    await vi.advanceTimersByTimeAsync(0);
    const { understudy, called } = understudyDouble();
    const replaced = page.replace('its memory grew', called);
    await vi.advanceTimersByTimeAsync(0);
    understudy.isUp = true;
    openings[0]!.problem('page-crashed', 'the page crashed');
    await vi.advanceTimersByTimeAsync(100);
    await replaced;
    expect([understudy.did, alive(), openings.length]).toEqual([['took over'], 1, 2]);
  });

  it('passes on what its page complains of, one line, once a minute', async () => {
    const { openings, said } = rig();
    await vi.advanceTimersByTimeAsync(0);
    for (let frame = 0; frame < 300; frame += 1) openings[0]!.problem('page-error', 'x is not defined\nforged line');
    expect(said).toEqual(['test page: x is not defined']);
    await vi.advanceTimersByTimeAsync(60_000);
    openings[0]!.problem('page-error', 'x is not defined\nforged line');
    expect(said).toHaveLength(2);
  });

  it('ends when it is closed, also while it waits', async () => {
    const { page, openings, alive } = rig(() => false);
    await vi.advanceTimersByTimeAsync(5_000);
    const closed = page.close();
    await vi.advanceTimersByTimeAsync(0);
    await closed;
    const before = openings.length;
    await vi.advanceTimersByTimeAsync(120_000);
    expect(openings).toHaveLength(before);
    expect(alive()).toBe(0);
  });
});
