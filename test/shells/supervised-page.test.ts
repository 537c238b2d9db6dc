import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { OpenedPage, PageRequest } from '../../src/shells/chromium/open-page.ts';
import { supervisePage } from '../../src/shells/chromium/supervised-page.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Browsers that open or not, as the test says, and can be made to die. */
function rig(opens: (attempt: number) => boolean = () => true) {
  const said: string[] = [];
  const openings: { atMs: number; problem: PageRequest['onProblem'] }[] = [];
  let alive = 0;
  const startMs = performance.now();
  const open = (request: PageRequest): Promise<OpenedPage> => {
    openings.push({ atMs: performance.now() - startMs, problem: request.onProblem });
    if (!opens(openings.length)) return Promise.reject(new Error('no such browser'));
    alive += 1;
    const opened: Pick<OpenedPage, 'reload' | 'mute' | 'close'> = {
      mute: () => Promise.resolve(),
      reload: () => Promise.reject(new Error('hangs')),
      close() {
        alive -= 1;
        return Promise.resolve();
      },
    };
    return Promise.resolve(opened as OpenedPage);
  };
  const page = supervisePage({ request: { browser: { path: '', env: {} }, url: 'about:blank', window: 'headless' }, what: 'test page', say: (line) => said.push(line), steadyMs: 60_000, open });
  return { page, said, openings, alive: () => alive };
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

  it('stays in front until its replacement is up, and then there is one', async () => {
    const { page, openings, alive } = rig();
    await vi.advanceTimersByTimeAsync(0);
    let up = false;
    const replaced = page.replace('its memory grew', () => up);
    await vi.advanceTimersByTimeAsync(500);
    expect([openings.length, alive()]).toEqual([2, 2]);
    up = true;
    await vi.advanceTimersByTimeAsync(100);
    await replaced;
    expect(alive()).toBe(1);
    openings[0]!.problem('browser-gone', 'the old one ended');
    await vi.advanceTimersByTimeAsync(10);
    expect(openings).toHaveLength(2);
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
