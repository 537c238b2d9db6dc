import { createAudience } from '../audience/index.ts';
import type { Audience, Clock, Observation, SensorState, Visit } from '../contract/index.ts';

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
  /** Whether the site's policy lets anything be sensed now. */
  readonly permitted: () => boolean;
  readonly onAudience: (audience: Audience) => void;
  readonly onVisits: (visits: readonly Visit[]) => void;
  /** What is wrong with the camera, in words; empty when nothing is. */
  readonly onSensor: (message: string) => void;
}

/** Turns observations into an audience, at a steady pace, also when a camera says nothing: people leave then too. */
export function startAudienceFeed({ clock, permitted, onAudience, onVisits, onSensor }: AudienceFeedOptions): AudienceFeed {
  let room = createAudience();
  let wasPermitted = false;
  let sensor: SensorState = 'absent';

  const timer = setInterval(() => {
    if (wasPermitted && !permitted()) forget();
    wasPermitted = permitted();
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
      if (!permitted()) return;
      room.observe(observation);
      if (observation.kind === 'sensor') onSensor(observation.message);
    },
    get sensor() {
      return sensor;
    },
    close() {
      clearInterval(timer);
      const visits = room.close();
      if (permitted() && visits.length > 0) onVisits(visits);
    },
  };
}
