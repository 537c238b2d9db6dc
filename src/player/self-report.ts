import type { Clock, Programme, ScreenClock, StatusReport } from '../contract/index.ts';
import type { ImpressionLog } from '../impressions/index.ts';
import type { Showing } from '../playback/index.ts';
import type { HubClient } from '../sync/index.ts';
import { nowPlaying } from './now-playing.ts';
import { labelOf } from './screen-label.ts';
import type { SlotKeeping } from './slot-keeping.ts';
import type { StorageWatch } from './storage-watch.ts';
import type { Trouble } from './trouble.ts';

export interface SelfReportParts {
  /** What does not change in this life. */
  readonly self: Pick<StatusReport, 'bootId' | 'shell' | 'version' | 'timeZone'>;
  /** What people call this screen. */
  readonly name: string;
  readonly clock: Clock;
  readonly hub: Pick<HubClient, 'hubClock'>;
  readonly slots: SlotKeeping;
  readonly sensor: () => StatusReport['sensor'];
  readonly programme: () => Programme | null;
  readonly showing: () => Showing | null;
  readonly log: ImpressionLog;
  readonly trouble: Trouble;
  readonly machineHealth: () => StatusReport['machine'];
  readonly storage: StorageWatch;
}

/** What a screen says of itself: to the hub, and to a person who looks for it. */
export interface SelfReport {
  status(): StatusReport;
  label(): string;
}

export function createSelfReport({ self, name, clock, hub, slots, sensor, programme, showing, log, trouble, machineHealth, storage }: SelfReportParts): SelfReport {
  const clockNow = (): ScreenClock => ({ quality: clock().quality, hubClock: hub.hubClock(), slots: slots.state() });
  return {
    status: () => ({
      ...self,
      sensor: sensor(),
      programmeVersion: programme()?.version ?? 0,
      backlog: log.size() + log.unsaved() - log.acknowledged(),
      nowPlaying: nowPlaying(showing()),
      trouble: trouble.newest,
      clock: clockNow(),
      machine: machineHealth(),
      ...(storage.health === undefined ? {} : { storage: storage.health }),
    }),
    label: () => labelOf(name, clockNow()),
  };
}
