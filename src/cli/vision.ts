import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { stat, writeFile } from 'node:fs/promises';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename } from 'node:path';
import { createAdaptorServer } from '@hono/node-server';
import { Hono } from 'hono';
import { createAudience } from '../audience/index.ts';
import { LitfassError, type Calibration, type DemographicCalibration, type VisionClipReport, type VisionReport, type VisionSettings } from '../contract/index.ts';
import { visionAssets, visionRoutes } from '../player/index.ts';
import { recordObservations, type Recorder } from '../sensors/index.ts';
import { startProgress } from './progress.ts';
import { visionReportOf } from './vision-report.ts';

export interface VisionClipOptions {
  /** An MP4 or WebM file. */
  readonly clip: string;
  /** Where to write the `VisionClipReport`, as JSON. */
  readonly report?: string;
  /** Where to write what the vision page saw; see `recordObservations`. */
  readonly record?: string;
  /** Where the camera of the clip stood: then the report says distances, shelves and ways over the floor. */
  readonly calibration?: Calibration;
  /** How the age and gender net errs. */
  readonly demographics?: DemographicCalibration;
  /** What the page computes with; the fastest without it. */
  readonly backend?: VisionSettings['backend'];
  readonly projectDir: string;
  /** Opens the vision page in a browser, and says when that ends by itself. */
  readonly openPage: (url: string, onProblem: (message: string) => void) => Promise<{ close(): Promise<void> }>;
  /** Stops early; what was seen until then is dropped. */
  readonly signal?: AbortSignal;
}

/** Five pictures of each second and a search for bodies in every other: on two slow cores little longer than the clip itself. */
const PICTURES: Omit<VisionSettings, 'source'> = { demographics: true, expression: false, skeletons: false, calibrated: false, framesPerSecond: 5, bodyEveryMs: 400, demographicsBudgetMs: 300, backend: 'auto' };
/** What the page says of single pictures; see the camera's health in the vision page. */
const ABOUT_THE_PICTURE = /^(picture-(covered|dark|frozen)|camera-moved): /;
/** Nobody knows what was on a screen beside the clip's camera: an opportunity to see is one to see anything. */
const THROUGHOUT = { id: 'clip', sinceMs: 0 };
/** The page looks at several pictures a second, once the nets are loaded. What it says besides is no progress. */
const SILENCE_MS = 30_000;
const LOADING_MS = 120_000;

/**
 * Runs a whole clip through the vision page and the audience, as fast as it goes, and says who was there. Age and gender
 * are estimated: a clip is the caller's own, no camera is opened.
 *
 * @throws LitfassError `calibration-…`, `clip-missing`, `clip-unreadable`, `clip-undecodable`, `vision-failed`, `browser-gone`
 */
export async function runVisionClip(options: VisionClipOptions): Promise<VisionClipReport> {
  if (!(await stat(options.clip).catch(() => null))?.isFile()) throw new LitfassError('clip-missing', `there is no clip at ${options.clip}; name an MP4 or WebM file.`);
  const recorder = options.record === undefined ? null : recordObservations(options.record);
  const progress = startProgress();
  try {
    const report = await analyse(options, recorder, progress.update);
    if (options.report !== undefined) await writeFile(options.report, `${JSON.stringify(report, null, 2)}\n`);
    return report;
  } finally {
    progress.close();
    await recorder?.close();
  }
}

async function analyse(options: VisionClipOptions, recorder: Recorder | null, update: (text: string) => void): Promise<VisionClipReport> {
  const audience = createAudience({ calibration: options.calibration ?? null, demographics: options.demographics ?? null });
  let finish: (report: VisionReport) => void = () => undefined;
  let fail: (error: Error) => void = () => undefined;
  const end = new Promise<VisionReport>((resolve, reject) => {
    finish = resolve;
    fail = reject;
  });
  // It may fail while nobody waits for it yet: while the page opens.
  end.catch(() => undefined);
  const stop = (code: string, message: string): void => fail(new LitfassError(code, message));

  let seen = 0;
  let seenMs = performance.now();
  let lastWords = '';
  const watch = setInterval(() => {
    const limitMs = seen === 0 ? LOADING_MS : SILENCE_MS;
    if (performance.now() - seenMs > limitMs) stop('vision-failed', `the vision page has looked at no picture for ${limitMs / 1000} s${lastWords === '' ? '' : ` and says "${lastWords}"`}; try again, with fewer programs running.`);
  }, 1_000);

  function take(report: VisionReport): void {
    if (report.frames > seen || report.done) [seen, seenMs] = [report.frames, performance.now()];
    recorder?.write(report.observations).catch(fail);
    for (const observation of report.observations) {
      audience.showing(THROUGHOUT, observation.atMs);
      audience.observe(observation);
    }
    const last = report.observations.at(-1);
    lastWords = last?.kind === 'sensor' ? last.message : lastWords;
    if (last) update(`${basename(options.clip)}: ${(last.atMs / 1000).toFixed(0)} s seen, ${report.frames} pictures, ${fps(report).toFixed(1)} a second`);
    if (!report.done) return;
    // What stopped the clip stands last; a dark or doubtful picture is only a picture.
    if (last?.kind === 'sensor' && !ABOUT_THE_PICTURE.test(last.message)) stop(...codeAndMessage(last.message, options.clip));
    else finish(report);
  }

  options.signal?.addEventListener('abort', () => stop('stopped', 'stopped before the clip was through; no report was written.'), { once: true });
  const server = await serve(options, take);
  let page: { close(): Promise<void> } | null = null;
  try {
    page = await options.openPage(server.url, (message) => stop('browser-gone', `the vision page broke: ${message}; try again.`));
    const { frames, elapsedMs } = await end;
    const visits = audience.close();
    return visionReportOf({ frames, analysedFps: Math.round(100 * fps({ frames, elapsedMs })) / 100, visits, floor: audience.takeFloor(), demographics: options.demographics?.name ?? null });
  } finally {
    clearInterval(watch);
    await page?.close();
    server.close();
  }
}

/** The page's little site on a free port, under a path that nobody can guess. */
async function serve(options: VisionClipOptions, onReport: (report: VisionReport) => void): Promise<{ url: string; close(): void }> {
  const path = `/${randomUUID()}/vision`;
  const settings: VisionSettings = { ...PICTURES, backend: options.backend ?? 'auto', skeletons: (options.calibration?.shelves.length ?? 0) > 0, source: { kind: 'clip', url: 'clip', mode: 'whole' } };
  const app = new Hono().route(path, visionRoutes({ ...visionAssets(options.projectDir), clipFile: options.clip, settings: () => settings, onReport }));
  const server = createAdaptorServer({ fetch: app.fetch }) as Server;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}/`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

function fps({ frames, elapsedMs }: { readonly frames: number; readonly elapsedMs: number }): number {
  return elapsedMs > 0 ? (1000 * frames) / elapsedMs : 0;
}

/** The page's messages begin with their code; it does not know the file by name. */
function codeAndMessage(message: string, clip: string): [code: string, message: string] {
  const [, code = 'vision-failed', text = message] = /^([a-z-]+): (.*)$/s.exec(message) ?? [];
  return [code, `${clip}: ${text}.`];
}
