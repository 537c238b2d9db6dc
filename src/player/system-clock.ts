import type { Clock } from '../contract/index.ts';

/** A wall clock before this software existed was never set: a board without a battery starts in 1970. */
const NEVER_SET_BEFORE_MS = Date.UTC(2026, 0, 1);

/** IANA name of the zone that this machine is set to. */
export function machineTimeZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** Language that this machine is set to, BCP 47. */
export function machineLanguage(): string {
  return Intl.DateTimeFormat().resolvedOptions().locale;
}

/** This machine's clocks. */
export const systemClock: Clock = () => {
  const wallMs = Math.max(0, Date.now());
  return { wallMs, monoMs: performance.now(), quality: wallMs < NEVER_SET_BEFORE_MS ? 'unsynced' : 'synced' };
};
