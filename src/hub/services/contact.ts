import type { ScreenView } from '../../contract/index.ts';

/** A screen reports every few seconds: three misses are not worth a word, two minutes are. */
const ONLINE_MS = 15_000;
const LATE_MS = 120_000;

export function contactState(lastContactMs: number | null, nowMs: number): ScreenView['contact'] {
  if (lastContactMs === null) return 'offline';
  const silenceMs = nowMs - lastContactMs;
  if (silenceMs < ONLINE_MS) return 'online';
  return silenceMs < LATE_MS ? 'late' : 'offline';
}
