import { afterEach, beforeEach, expect, it, onTestFinished, vi } from 'vitest';
import { watchMemory } from '../../../src/shells/supervision/index.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const MB = 1_048_576;

it('a page that nobody sees is opened anew when it has grown, and its next life has a measure of its own', async () => {
  const page = { bytes: 400 * MB, openedMs: performance.now(), reopened: [] as string[] };
  const watching = watchMemory(
    {
      upMs: () => performance.now() - page.openedMs,
      memoryBytes: () => Promise.resolve(page.bytes),
      reopen(why) {
        page.reopened.push(why);
        page.openedMs = performance.now();
      },
    },
    10_000 * MB,
  );
  await vi.advanceTimersByTimeAsync(600_000);
  page.bytes = 790 * MB;
  await vi.advanceTimersByTimeAsync(600_000);
  expect(page.reopened).toEqual([]);
  page.bytes = 810 * MB;
  await vi.advanceTimersByTimeAsync(600_000);
  expect(page.reopened).toEqual(['its memory grew']);
  page.bytes = 11_000 * MB;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(page.reopened).toHaveLength(2);
  watching.close();
  await vi.advanceTimersByTimeAsync(600_000);
  expect(page.reopened).toHaveLength(2);
});

it('a page between two lives is left alone', async () => {
  const reopen = vi.fn();
  const watching = watchMemory({ upMs: () => null, memoryBytes: () => Promise.reject(new Error('it is gone')), reopen }, MB);
  await vi.advanceTimersByTimeAsync(600_000);
  expect(reopen).not.toHaveBeenCalled();
  watching.close();
});

it('a page that goes while it is asked is no mistake of the program', async () => {
  const unhandled = vi.fn();
  process.on('unhandledRejection', unhandled);
  onTestFinished(() => void process.off('unhandledRejection', unhandled));
  const page = {
    upMs: () => 60_000,
    memoryBytes(): Promise<number> {
      throw new Error('Object has been destroyed');
    },
    reopen: vi.fn(),
  };
  const watching = watchMemory(page, MB);
  await vi.advanceTimersByTimeAsync(180_000);
  watching.close();
  vi.useRealTimers();
  await new Promise((resolve) => setTimeout(resolve, 10));
  expect(unhandled).not.toHaveBeenCalled();
});

it('a page that needs more than its part of the machine is opened anew ever more rarely, and not each minute', async () => {
  const page = { openedMs: performance.now(), reopened: 0 };
  const watching = watchMemory(
    {
      upMs: () => performance.now() - page.openedMs,
      memoryBytes: () => Promise.resolve(2 * MB),
      reopen() {
        page.reopened += 1;
        page.openedMs = performance.now();
      },
    },
    MB,
  );
  await vi.advanceTimersByTimeAsync(12 * 3_600_000);
  expect(page.reopened).toBeGreaterThan(2);
  expect(page.reopened).toBeLessThan(20);
  watching.close();
});
