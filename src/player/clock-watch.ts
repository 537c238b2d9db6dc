import type { Clock } from '../contract/index.ts';

const LOOK_MS = 1_000;
/** Less is the everyday work of NTP. */
const JUMP_MS = 2_000;

/** Holds the wall clock against the monotonic one, and tells when they moved more than two seconds apart since last told. */
export function startClockWatch({ clock, onJump }: { readonly clock: Clock; readonly onJump: (jumpMs: number) => void }): { close(): void } {
  let before = wallMinusMono(clock);
  const timer = setInterval(() => {
    const now = wallMinusMono(clock);
    const jumpMs = Math.round(now - before);
    if (Math.abs(jumpMs) <= JUMP_MS) return;
    before = now;
    onJump(jumpMs);
  }, LOOK_MS);
  return { close: () => clearInterval(timer) };
}

function wallMinusMono(clock: Clock): number {
  const { wallMs, monoMs } = clock();
  return wallMs - monoMs;
}
