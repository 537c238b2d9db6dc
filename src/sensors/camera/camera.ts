import type { Clock, Observation, VisionReport } from '../../contract/index.ts';
import { createPageClock } from './page-clock.ts';

/** The page sends at least an empty report every second; after this long without any, it is not seeing. */
const SILENCE_MS = 5_000;
const WATCH_EVERY_MS = 500;
/** How long a page that was loaded anew may take before it is loaded once more. */
const RENEW_EVERY_MS = 30_000;
/** Older than this on arrival: the page was held up, and those people are not here any more. */
const STALE_MS = 3_000;

export interface CameraOptions {
  readonly clock: Clock;
  /** Gets observations in order of time, stamped with the player's monotonic clock. */
  readonly onObservation: (observation: Observation) => void;
  /** The vision page has said nothing for so long that it should be loaded anew; again after each 30 s of silence. */
  readonly onSilent: () => void;
}

export interface Camera {
  /** Takes in a report of the vision page, which was validated at the wall. */
  report(report: VisionReport): void;
  close(): void;
}

/**
 * The camera as the player sees it: what the vision page reports, in the player's time. Late, doubled and overtaken
 * observations are dropped. When the page falls silent, the camera says so itself: silence is not an empty shop.
 */
export function createCamera({ clock, onObservation, onSilent }: CameraOptions): Camera {
  const pageClock = createPageClock();
  let heardMs = clock().monoMs;
  let newestMs = Number.NEGATIVE_INFINITY;
  let framesOfPage = 0;
  let silent = false;
  let hasSpoken = false;
  let renewedMs = heardMs;

  function pass(observation: Observation): void {
    if (observation.atMs <= newestMs) return;
    newestMs = observation.atMs;
    onObservation(observation);
  }

  const watch = setInterval(() => {
    const { monoMs } = clock();
    if (monoMs - Math.max(heardMs, renewedMs) >= RENEW_EVERY_MS) {
      renewedMs = monoMs;
      onSilent();
    }
    // A browser that is being opened, and nets that are being read, take longer than a page that runs.
    if (silent || monoMs - heardMs < (hasSpoken ? SILENCE_MS : RENEW_EVERY_MS)) return;
    silent = true;
    pass({ kind: 'sensor', atMs: monoMs, state: 'blind', message: `vision-silent: the vision page has reported nothing for ${Math.round((monoMs - heardMs) / 1000)} s; it is started again if it does not come back` });
  }, WATCH_EVERY_MS);
  watch.unref();

  return {
    report(report) {
      const arrivedMs = clock().monoMs;
      heardMs = arrivedMs;
      silent = false;
      hasSpoken = true;
      // Counting from the beginning: a new page, with a new clock.
      if (report.frames < framesOfPage) pageClock.reset();
      framesOfPage = report.frames;
      // The newest of a report waited least, so the clock learns from all before it tells the time of any.
      for (const { atMs } of report.observations) pageClock.learn(atMs, arrivedMs);
      for (const observation of report.observations) {
        const atMs = pageClock.toPlayer(observation.atMs);
        if (arrivedMs - atMs <= STALE_MS) pass({ ...observation, atMs });
      }
    },
    close: () => clearInterval(watch),
  };
}
