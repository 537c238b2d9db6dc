import type { BackendMeasurement, Observation, VisionReport } from '../../src/contract/index.ts';
import type { Progress, Trouble } from './messages.ts';

/** Reports a second at most. */
const INTERVAL_MS = 100;
/** An empty report this often says that the page lives, also while there is nothing to see. */
const HEARTBEAT_MS = 1_000;
/** The schema's limit for one report. */
const BATCH = 64;

export interface Reporter {
  observe(observation: Observation, progress: Progress): void;
  /** The sensor's state as an observation, stamped with the page's clock. */
  trouble(trouble: Trouble): void;
  /** What runs, and what was measured to choose it. */
  backend(name: string, measurement: BackendMeasurement | null): void;
  /** Sends what is left, then says that the clip is done. */
  done(): void;
}

/**
 * Collects observations and posts them in order. What is live is dropped when the player does not answer: only the newest
 * 64 matter. Of a whole clip nothing is dropped, since its report would be wrong without a word.
 */
export function startReporter(url: string, keepAll: () => boolean): Reporter {
  let queue: Observation[] = [];
  let progress: Progress = { frames: 0, elapsedMs: 0, tensors: 0 };
  let backend = '';
  let measurement: BackendMeasurement | null = null;
  let done = false;
  let doneSent = false;
  let lastPostMs = Number.NEGATIVE_INFINITY;

  async function post(): Promise<void> {
    const observations = queue.slice(0, BATCH);
    const last = done && !doneSent && observations.length === queue.length;
    const measured = measurement;
    if (observations.length === 0 && !last && !measured && performance.now() - lastPostMs < HEARTBEAT_MS) return;
    const report: VisionReport = { observations, frames: progress.frames, elapsedMs: progress.elapsedMs, backend, ...(measured ? { measurement: measured } : {}), done: last };
    const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(report) });
    lastPostMs = performance.now();
    if (response.status >= 500) throw new Error(`the player answered ${response.status}`);
    queue = queue.filter((observation) => !observations.includes(observation));
    doneSent ||= last;
    if (measurement === measured) measurement = null;
    // A refused report would be refused again: it is given up, and the refusal shown where a technician looks.
    if (!response.ok) show(`The player refused a report: ${await response.text()}`);
  }

  async function loop(): Promise<never> {
    for (;;) {
      await new Promise((resolve) => setTimeout(resolve, INTERVAL_MS));
      try {
        await post();
      } catch (error) {
        show(`The player cannot be reached: ${String(error)}`);
        if (!keepAll()) queue = queue.slice(-BATCH);
      }
    }
  }
  void loop();

  return {
    observe: (observation, now) => {
      queue.push(observation);
      progress = now;
      show(observation.kind === 'sensor' ? observation.message : `Measuring with ${backend}: ${now.frames} pictures, ${now.tensors} tensors.`);
    },
    trouble: ({ state, message }) => {
      queue.push({ kind: 'sensor', atMs: performance.now(), state, message });
      show(message);
    },
    backend: (name, measured) => {
      [backend, measurement] = [name, measured];
    },
    done: () => {
      done = true;
    },
  };
}

/** The page is hidden in service; whoever opens it to look for a fault reads its state here. */
function show(text: string): void {
  const element = document.querySelector('#state');
  if (element) element.textContent = text;
}
