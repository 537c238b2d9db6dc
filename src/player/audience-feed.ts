import { createAudience, type AudienceRoom, type Message } from '../audience/index.ts';
import type { Audience, Clock, FloorSums, Observation, SensorState, Visit } from '../contract/index.ts';
import type { Calibrations } from './calibration-watch.ts';
import type { Permits } from './permits.ts';

/** Often enough for content to follow people, seldom enough to cost nothing. */
const SAMPLE_MS = 200;

export interface AudienceFeed {
  observe(observation: Observation): void;
  /** Another calibration holds from now on. Who is here now was seen by the old one, and is forgotten. */
  recalibrate(calibrations: Calibrations): void;
  readonly sensor: SensorState;
  /** Ends all visits: the player stops. */
  close(): void;
}

export interface AudienceFeedOptions {
  readonly clock: Clock;
  /** What the site's policy lets be sensed now. */
  readonly permits: () => Permits;
  readonly calibrations: Calibrations;
  /** The play in front now, and since when, ms of the monotonic clock; `null`: nothing. */
  readonly nowPlaying: () => Message | null;
  readonly onAudience: (audience: Audience) => void;
  readonly onVisits: (visits: readonly Visit[]) => void;
  /** What visits that are over left on the floor, where a camera is calibrated. */
  readonly onFloor: (sums: FloorSums) => void;
  /** What is wrong with the camera, in words; empty when nothing is. */
  readonly onSensor: (message: string) => void;
}

/** Turns observations into an audience, at a steady pace, also when a camera says nothing: people leave then too. */
export function startAudienceFeed({ clock, permits, calibrations, nowPlaying, onAudience, onVisits, onFloor, onSensor }: AudienceFeedOptions): AudienceFeed {
  let calibrated = calibrations;
  let room = newRoom();
  let before = permits();
  let sensor: SensorState = 'absent';

  const timer = setInterval(() => {
    const after = permits();
    if (isWithdrawn(before, after)) forget();
    before = after;
    const { monoMs } = clock();
    room.showing(nowPlaying(), monoMs);
    const audience = room.at(monoMs);
    ({ sensor } = audience);
    onAudience(audience);
    const visits = room.takeVisits();
    if (visits.length > 0) onVisits(visits);
    takeFloor();
  }, SAMPLE_MS);

  function newRoom(): AudienceRoom {
    return createAudience({ calibration: calibrated.floor, demographics: calibrated.demographics });
  }

  function takeFloor(): void {
    const sums = room.takeFloor();
    if (sums !== null) onFloor(sums);
  }

  /** A withdrawn permit takes effect on what is in memory too. */
  function forget(): void {
    room = newRoom();
  }

  return {
    observe(observation) {
      if (!permits().camera) return;
      room.observe(observation);
      onSensor(observation.kind === 'sensor' ? observation.message : '');
    },
    recalibrate(next) {
      calibrated = next;
      forget();
    },
    get sensor() {
      return sensor;
    },
    close() {
      clearInterval(timer);
      const visits = room.close();
      if (!permits().camera) return;
      if (visits.length > 0) onVisits(visits);
      takeFloor();
    },
  };
}

function isWithdrawn(before: Permits, after: Permits): boolean {
  return (before.camera && !after.camera) || (before.demographics && !after.demographics) || (before.expression && !after.expression);
}
