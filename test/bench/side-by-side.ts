// How far apart two screens show a slot's first frame, when one counts slots by the other: two whole players with a browser each
// on this machine, whose clocks are minutes apart and drift. Run it with `npm run bench:side-by-side`; it prints each slot.
import { apartMs, runSideBySide } from '../e2e/side-by-side.ts';

const CYCLE_MS = 5_000;
const SECONDS = Number(process.argv[2] ?? 120);

const seen = await runSideBySide({
  cycleMs: CYCLE_MS,
  left: { aheadMs: 0, ppm: 0, quality: 'synced' },
  right: { aheadMs: -(7 * 60_000 + 3_217), ppm: 80, quality: 'synced' },
  seconds: SECONDS,
  ports: { hub: 18_490, left: 18_491, right: 18_492, slots: 24_841 },
});
const together = apartMs(seen, CYCLE_MS);
for (const { slot, sameCreative, ms } of together) process.stdout.write(`slot ${slot}: ${sameCreative ? 'the same creative' : 'ANOTHER CREATIVE'}, first frames ${ms.toFixed(1)} ms apart\n`);
const sorted = together.map(({ ms }) => ms).sort((a, b) => a - b);
const at = (share: number): string => (sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN).toFixed(1);
process.stdout.write(`${together.length} slots: median ${at(0.5)} ms, 9 of 10 within ${at(0.9)} ms, all within ${at(1)} ms\n`);
process.stdout.write(`the follower's clock, as the hub was told: ${JSON.stringify(seen.state)}\n`);
process.exit(together.length > 0 && together.every(({ sameCreative }) => sameCreative) ? 0 : 1);
