import type { ClockReading } from '../../../src/contract/index.ts';

/** Beside a time that a screen wrote down: nothing, unless its clock was never set. */
export function UnsetClock({ clock }: { clock: ClockReading['quality'] | null }) {
  return clock === 'unsynced' ? <span className="unset-clock">clock not set</span> : null;
}
