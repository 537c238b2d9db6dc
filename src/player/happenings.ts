import { createHash } from 'node:crypto';
import { LitfassError, type Clock, type HubClock, type SensorStateChanged } from '../contract/index.ts';
import type { ImpressionLog, LoggedLeaf } from '../impressions/index.ts';
import type { Trouble } from './trouble.ts';

export interface HappeningsOptions {
  readonly log: ImpressionLog;
  readonly clock: Clock;
  readonly screenId: string;
  readonly bootId: string;
  readonly trouble: Trouble;
}

/** What an auditor has to know beside the plays, one leaf each. */
export interface Happenings {
  /** @param text the programme as the hub signed it */
  programme(version: number, text: string): void;
  sensor(state: SensorStateChanged['state']): void;
  clockAdjusted(jumpMs: number, hubClock: HubClock | null): void;
  /** Something broke that no creative is to blame for. People are told, too. */
  fault(code: string, message: string): void;
}

export function happeningsInto({ log, clock, screenId, bootId, trouble }: HappeningsOptions): Happenings {
  let activeVersion: number | null = null;
  let sensorState: SensorStateChanged['state'] | null = null;

  function head() {
    const { wallMs, monoMs, quality } = clock();
    return { v: 1, screenId, bootId, wallMs, monoMs: Math.round(monoMs), clock: quality } as const;
  }

  function append(leaf: LoggedLeaf): void {
    try {
      log.append(leaf);
    } catch (error) {
      if (!(error instanceof LitfassError)) throw error;
      trouble.stands('disk', error.message);
    }
  }

  return {
    programme(version, text) {
      if (version === activeVersion) return;
      append({ ...head(), type: 'programme-changed', programmeVersion: version, programmeSha256: createHash('sha256').update(text, 'utf8').digest('hex'), previousVersion: activeVersion });
      activeVersion = version;
    },
    sensor(state) {
      if (state === sensorState) return;
      sensorState = state;
      append({ ...head(), type: 'sensor-state', state });
    },
    fault(code, message) {
      trouble.tell(message);
      append({ ...head(), type: 'fault', code, message: message.slice(0, 1_000) });
    },
    clockAdjusted: (jumpMs, hubClock) => append({ ...head(), type: 'clock-adjusted', jumpMs, hubClock }),
  };
}
