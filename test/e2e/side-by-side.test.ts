import { describe, expect, it } from 'vitest';
import { apartMs, runSideBySide } from './side-by-side.ts';

const CYCLE_MS = 5_000;
const YEARS_MS = 56 * 365 * 86_400_000;

describe('two screens whose clocks are apart', () => {
  it('show the same slots at the same time, by the clock of the one that leads, and write down their own time', async () => {
    const seen = await runSideBySide({
      cycleMs: CYCLE_MS,
      left: { aheadMs: 0, ppm: 0, quality: 'synced' },
      right: { aheadMs: -YEARS_MS, ppm: 120, quality: 'unsynced' },
      seconds: 40,
      ports: { hub: 18_480, left: 18_481, right: 18_482, slots: 24_831 },
    });
    const together = apartMs(seen, CYCLE_MS);
    expect(together.length).toBeGreaterThan(3);
    expect(together.every(({ sameCreative }) => sameCreative)).toBe(true);
    const sorted = together.map(({ ms }) => ms).sort((a, b) => a - b);
    expect(sorted[Math.floor(sorted.length / 2)]).toBeLessThan(150);
    expect(seen.state).toMatchObject({ quality: 'unsynced', slots: { role: 'follows', source: 'leader' } });
    for (const { play } of seen.right) expect(play).toMatchObject({ clock: 'unsynced' });
    for (const { play } of seen.right) expect(play.wallMs).toBeLessThan(Date.now() - YEARS_MS + 60_000);
  });
});
