import { describeIssues, LitfassError, programSightSchema, type Finding, type ProgramSight } from '../../contract/index.ts';
import { PROGRAM_SIGHT } from '../../shells/index.ts';
import { findingsOf } from './browser.ts';

/** What a packaged program says of itself; `null`: this is none, or it did not look. @throws LitfassError `program-sight` */
export function readProgramSight(env: NodeJS.ProcessEnv): ProgramSight | null {
  const said = env[PROGRAM_SIGHT];
  if (said === undefined) return null;
  const sight = programSightSchema.safeParse(parse(said));
  if (sight.success) return sight.data;
  throw new LitfassError('program-sight', `${PROGRAM_SIGHT} is not what a packaged program says of itself: ${describeIssues(sight.error)}. Leave it out; the program sets it by itself.`);
}

/** Pure, so that machines can be tried that are not here. */
export function findingsOfProgram({ browser, features, gpus }: ProgramSight, path: string): Finding[] {
  if ('failed' in browser) return [{ what: 'Browser', state: 'fail', found: `${path.slice(0, 200)} does not open a page: ${browser.failed}`, fix: 'Install this package anew; look whether the graphics driver is the right one.' }, accelerationOf(features, gpus)];
  return [...findingsOf(browser, path), accelerationOf(features, gpus)];
}

/** Of https://source.chromium.org/chromium/chromium/src/+/main:content/browser/gpu/compositor_util.cc: `enabled…`, or why it is not. */
function accelerationOf(features: ProgramSight['features'], gpus: ProgramSight['gpus']): Finding {
  const hex = (number: number): string => number.toString(16).padStart(4, '0');
  const named = gpus.filter(({ active }) => active).map(({ vendorId, deviceId }) => ` on ${hex(vendorId)}:${hex(deviceId)}`).join();
  const wanted = { drawing: 'gpu_compositing', videos: 'video_decode', WebGL: 'webgl' } as const;
  const missing = Object.entries(wanted).filter(([, name]) => features[name]?.startsWith('enabled') !== true).map(([what, name]) => `${what} (${features[name] ?? 'not said'})`);
  if (missing.length === 0) return { what: 'Acceleration', state: 'ok', found: `${Object.keys(wanted).join(', ')}${named}`.slice(0, 500) };
  return { what: 'Acceleration', state: 'warn', found: `not in hardware${named}: ${missing.join(', ')}`.slice(0, 500), fix: 'Install the driver of the graphics processor and its firmware; on Linux, see that the player’s user is in the groups video and render.' };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
