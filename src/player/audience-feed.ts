import { createAudience } from '../audience/index.ts';
import type { Audience, Clock, Observation, SensorState, Visit } from '../contract/index.ts';
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
  readonly onAudience: (audience: Audience) => void;
  readonly onVisits: (visits: readonly Visit[]) => void;
  /** What is wrong with the camera, in words; empty when nothing is. */
  readonly onSensor: (message: string) => void;
}

/** Turns observations into an audience, at a steady pace, also when a camera says nothing: people leave then too. */
export function startAudienceFeed({ clock, permits, onAudience, onVisits, onSensor }: AudienceFeedOptions): AudienceFeed {
  let room = createAudience();
  let before = permits();
  let sensor: SensorState = 'absent';

  const timer = setInterval(() => {
    const after = permits();
    if (isWithdrawn(before, after)) forget();
    before = after;
    const audience = room.at(clock().monoMs);
    ({ sensor } = audience);
    onAudience(audience);
    const visits = room.takeVisits();
    if (visits.length > 0) onVisits(visits);
  }, SAMPLE_MS);

  /** A withdrawn permit takes effect on what is in memory too. */
  function forget(): void {
    room = createAudience();
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
      if (permits().camera && visits.length > 0) onVisits(visits);
    },
  };
}

function isWithdrawn(before: Permits, after: Permits): boolean {
  return (before.camera && !after.camera) || (before.demographics && !after.demographics) || (before.expression && !after.expression);
}
