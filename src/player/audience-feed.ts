import { createAudience, type AudienceRoom, type Message } from '../audience/index.ts';
import type { Audience, Calibration, Clock, DemographicCalibration, FloorSums, Observation, SensorState, Visit } from '../contract/index.ts';
import type { Permits } from './permits.ts';

/** Often enough for content to follow people, seldom enough to cost nothing. */
const SAMPLE_MS = 200;

export interface AudienceFeed {
  observe(observation: Observation): void;
  readonly sensor: SensorState;
  /** Ends all visits: the player stops. */
  close(): void;
}

export interface AudienceFeedOptions {
  readonly clock: Clock;
  /** What the site's policy lets be sensed now. */
  readonly permits: () => Permits;
  /** Where the camera stands, if somebody measured it. */
  readonly calibration?: Calibration | null;
  /** How the age and gender net errs, if somebody measured it. */
  readonly demographics?: DemographicCalibration | null;
  /** The play in front now, and since when, ms of the monotonic clock; `null`: nothing. */
  readonly nowPlaying: () => Message | null;
  readonly onAudience: (audience: Audience) => void;
  /** Visits that are over, and what they left on the floor together; `null` without a calibration. */
  readonly onVisits: (visits: readonly Visit[], floor: FloorSums | null) => void;
  /** What is wrong with the camera, in words; empty when nothing is. */
  readonly onSensor: (message: string) => void;
}

/**
 * Turns observations into an audience, at a steady pace, also when a camera says nothing: people leave then too.
 *
 * @throws LitfassError `calibration-…` when the calibration cannot be
 */
export function startAudienceFeed({ clock, permits, calibration = null, demographics = null, nowPlaying, onAudience, onVisits, onSensor }: AudienceFeedOptions): AudienceFeed {
  const open = (): AudienceRoom => createAudience({ calibration, demographics });
  let room = open();
  let before = permits();
  let sensor: SensorState = 'absent';

  const timer = setInterval(() => {
    const after = permits();
    if ((before.camera && !after.camera) || (before.demographics && !after.demographics)) forget();
    before = after;
    const { monoMs } = clock();
    room.showing(nowPlaying(), monoMs);
    const audience = room.at(monoMs);
    ({ sensor } = audience);
    onAudience(audience);
    const visits = room.takeVisits();
    if (visits.length > 0) onVisits(visits, room.takeFloor());
  }, SAMPLE_MS);

  /** A withdrawn permit takes effect on what is in memory too. */
  function forget(): void {
    room = open();
  }

  return {
    observe(observation) {
      if (!permits().camera) return;
      room.observe(observation);
      onSensor(observation.kind === 'sensor' ? observation.message : '');
    },
    get sensor() {
      return sensor;
    },
    close() {
      clearInterval(timer);
      const visits = room.close();
      if (permits().camera && visits.length > 0) onVisits(visits, room.takeFloor());
    },
  };
}
