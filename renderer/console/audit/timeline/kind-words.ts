import type { TimelineEntry } from '../../../../src/contract/index.ts';

export const KIND_WORDS: Readonly<Record<TimelineEntry['kind'], string>> = {
  gap: 'Gap',
  restart: 'Restart',
  crash: 'Crash',
  blind: 'Sensor blind',
  clock: 'Clock jump',
  programme: 'Programme',
  fault: 'Fault',
  'new-log': 'New log',
  alarm: 'Alarm',
};
