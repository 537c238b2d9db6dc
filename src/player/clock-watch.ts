import type { Clock } from '../contract/index.ts';

const LOOK_MS = 1_000;
/** Less is the everyday work of NTP. */
const JUMP_MS = 2_000;
/** Two time services that fight over a clock move it every few seconds, for years: the log is not for that. */
const PAUSE_MS = 60_000;

/**
 * Holds the wall clock against the monotonic one, and tells when they moved more than two seconds apart since last told: at once,
 * and then once a minute at the most, the sum of what happened.
 */
export function startClockWatch({ clock, onJump }: { readonly clock: Clock; readonly onJump: (jumpMs: number) => void }): { close(): void } {
  let before = wallMinusMono(clock);
  let toldMs = Number.NEGATIVE_INFINITY;
  const timer = setInterval(() => {
    const now = wallMinusMono(clock);
    const jumpMs = Math.round(now - before);
    const { monoMs } = clock();
    if (Math.abs(jumpMs) <= JUMP_MS || monoMs - toldMs < PAUSE_MS) return;
    before = now;
    toldMs = monoMs;
    onJump(jumpMs);
  }, LOOK_MS);
  return { close: () => clearInterval(timer) };
}

function wallMinusMono(clock: Clock): number {
  const { wallMs, monoMs } = clock();
  return wallMs - monoMs;
}
