import type { EndReason, Reason, ScreenView, StatusReport } from '../../../src/contract/index.ts';

export const CONTACT_WORDS: Readonly<Record<ScreenView['contact'], string>> = { online: 'Online', late: 'Late', offline: 'Offline' };

/** What the camera can say, and never "nobody": that is a measurement, and these are about whether there is one. */
export const SENSOR_WORDS: Readonly<Record<StatusReport['sensor'], string>> = {
  ok: 'Camera measures',
  blind: 'Camera is blind',
  absent: 'No camera',
  off: 'Sensing is off',
};

export const END_WORDS: Readonly<Record<EndReason, string>> = {
  ended: 'Played in full',
  interrupt: 'Gave way',
  failed: 'Failed',
  stalled: 'Stalled',
  stopped: 'Stopped',
  crash: 'Player died',
};

export const REASON_KIND_WORDS: Readonly<Record<Reason['kind'], string>> = {
  audience: 'Audience',
  rotation: 'Rotation',
  booked: 'Booked',
  house: 'House',
};

export function plural(count: number, one: string, many: string): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}
