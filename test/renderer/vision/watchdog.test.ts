import { describe, expect, it } from 'vitest';
import { createWatchdog } from '../../../renderer/vision/watchdog.ts';

/** Ticks every half second from `fromMs` to `toMs`. */
function tickOn(watchdog: ReturnType<typeof createWatchdog>, fromMs: number, toMs: number): void {
  for (let nowMs = fromMs; nowMs <= toMs; nowMs += 500) expect(watchdog.tick(nowMs)).toBeNull();
}

describe('the watchdog', () => {
  it('gives the nets a minute to load, and then ten seconds for a picture', () => {
    const watchdog = createWatchdog(0);
    tickOn(watchdog, 500, 60_000);
    expect(() => watchdog.tick(60_500)).toThrow(/^vision-stalled: .* 60 s/);
    const loaded = createWatchdog(0);
    loaded.ready(1_000);
    tickOn(loaded, 500, 11_000);
    expect(() => loaded.tick(11_500)).toThrow(/^vision-stalled: .* 10 s/);
  });

  it('takes its own late timer for a stopped window, not for a stalled worker', () => {
    const watchdog = createWatchdog(0);
    watchdog.ready(0);
    tickOn(watchdog, 500, 2_000);
    expect(watchdog.tick(32_000)?.message).toMatch(/^window-stopped: .* 30 s; keep/);
    tickOn(watchdog, 32_500, 42_000);
    expect(() => watchdog.tick(42_500)).toThrow('vision-stalled');
  });

  it('calls a growing number of tensors a leak', () => {
    const watchdog = createWatchdog(0);
    watchdog.heard(100, 830);
    watchdog.heard(200, 1_330);
    expect(() => watchdog.heard(300, 1_331)).toThrow(/^vision-leak: .* 501 tensors/);
  });
});
