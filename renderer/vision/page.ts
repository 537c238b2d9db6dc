// The page that owns the camera. It starts a worker that sees, and posts the numbers that come out; it hands pictures on
// unseen. It asks the player over and over whether sensing is still allowed, and stops within seconds when not.
import type { VisionSettings } from '../../src/contract/index.ts';
import { startReporter } from './reporter.ts';
import { runSession } from './session.ts';
import { fetchSettings } from './settings.ts';
import { troubleOf } from './trouble.ts';

const SETTINGS_EVERY_MS = 3_000;
const RETRY_FIRST_MS = 2_000;
const RETRY_LAST_MS = 30_000;
/** A graphics card that gives up so often is left alone: the processor does it more slowly, but it does it. */
const GPU_LOSSES = 3;

let settings: VisionSettings | null = null;
let running: AbortController | null = null;
const isWhole = (): boolean => settings?.source.kind === 'clip' && settings.source.mode === 'whole';
const reporter = startReporter('observations', isWhole);

for (;;) {
  const wanted = await fetchSettings('settings').catch((error: unknown) => {
    // Fail closed: who cannot ask for permission does not have it.
    reporter.trouble({ state: 'absent', message: `settings-unreachable: ${String(error)}`.slice(0, 500) });
    return null;
  });
  if (asked(wanted) !== asked(settings)) {
    running?.abort();
    running = wanted && new AbortController();
    settings = wanted;
    if (wanted && running) void measure(wanted, running.signal);
  }
  await sleep(SETTINGS_EVERY_MS);
}

/** What decides whether to begin anew. What this page measured itself, and is told again, changes nothing. */
function asked(of: VisionSettings | null): string {
  return JSON.stringify(of && { ...of, measured: undefined });
}

/** Sessions one after the other, with growing pauses while they fail; a whole clip gets one chance. */
async function measure(wanted: VisionSettings, signal: AbortSignal): Promise<void> {
  let pauseMs = RETRY_FIRST_MS;
  let losses = 0;
  while (!signal.aborted) {
    const startedMs = performance.now();
    let isHeld = false;
    try {
      await runSession(losses < GPU_LOSSES ? wanted : { ...wanted, backend: 'wasm' }, reporter, signal);
      return;
    } catch (error) {
      const trouble = troubleOf(error);
      reporter.trouble(trouble);
      if (trouble.message.startsWith('gpu-lost:')) losses += 1;
      // What is left of a stream may hold the camera's buffers, and then a new one gives nothing either: a fresh page holds none.
      isHeld = trouble.message.startsWith('camera-stalled:');
      if (isWhole()) {
        reporter.done();
        return;
      }
    }
    if (performance.now() - startedMs > RETRY_LAST_MS) pauseMs = RETRY_FIRST_MS;
    await sleep(pauseMs);
    if (isHeld) location.reload();
    pauseMs = Math.min(2 * pauseMs, RETRY_LAST_MS);
  }
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
