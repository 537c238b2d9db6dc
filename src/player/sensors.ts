import { createHash } from 'node:crypto';
import { LitfassError, type Calibration, type Clock, type Observation, type VisionReport, type VisionSettings } from '../contract/index.ts';
import { createCamera, replay } from '../sensors/index.ts';
import type { BackendMemory } from './backend-memory.ts';
import type { Permits } from './permits.ts';

/** Where the audience comes from. `recorded`: observations that were read from a file. `none`: this screen senses nothing. */
export type AudienceSource = { readonly kind: 'none' } | { readonly kind: 'recorded'; readonly file: string } | { readonly kind: 'camera'; readonly label?: string } | { readonly kind: 'clip'; readonly file: string };

export interface Sensors {
  /** What the vision page may look at now; `null`: nothing. */
  settings(): VisionSettings | null;
  receive(report: VisionReport): void;
  close(): void;
}

export interface SensorsOptions {
  readonly source: AudienceSource;
  readonly clock: Clock;
  readonly permits: () => Permits;
  readonly onObservation: (observation: Observation) => void;
  /** Where the camera stands now; `null` or without it: nobody said. */
  readonly calibration?: () => Calibration | null;
  /** What the vision page computes with, instead of the fastest. */
  readonly backend?: VisionSettings['backend'];
  /** Which is the fastest was measured before. */
  readonly backendMemory?: BackendMemory;
  /** The vision page has to be loaded anew. */
  readonly onSilent: () => void;
}

/** Opens what the source names. @throws LitfassError when a recording cannot be read */
export async function openSensors(options: SensorsOptions): Promise<Sensors> {
  const { source, clock, permits, onObservation, onSilent } = options;
  if (source.kind === 'none') return { settings: () => null, receive: refuse, close: () => undefined };
  if (source.kind === 'recorded') {
    // What a recording says of people needs the same permits as what a camera says.
    const pass = (observation: Observation): void => onObservation(permitted(observation, permits()));
    const playing = await replay({ file: source.file, clock, onObservation: pass });
    return { settings: () => null, receive: refuse, close: () => playing.close() };
  }
  const camera = createCamera({ clock, onObservation, onSilent });
  return {
    settings: () => (permits().camera ? settingsFor(source, options) : null),
    receive(report) {
      if (report.measurement) options.backendMemory?.remember(report.measurement);
      camera.report(report);
    },
    close: () => camera.close(),
  };
}

/** Pictures a second; a hand that goes into a shelf is quicker than a look. */
const FRAMES_PER_SECOND = 8;
const FRAMES_PER_SECOND_WITH_SKELETONS = 12;

function settingsFor(source: Extract<AudienceSource, { kind: 'camera' | 'clip' }>, { permits, calibration, backend, backendMemory }: SensorsOptions): VisionSettings {
  const { demographics, expression } = permits();
  const calibrated = calibration?.() ?? null;
  const skeletons = (calibrated?.shelves.length ?? 0) > 0;
  const measured = backendMemory?.newest() ?? null;
  return {
    source: source.kind === 'clip' ? { kind: 'clip', url: 'clip', mode: 'loop' } : { kind: 'camera', ...(source.label === undefined ? {} : { label: source.label }) },
    demographics,
    expression,
    skeletons,
    calibrated: calibrated !== null,
    ...(calibrated === null ? {} : { calibration: createHash('sha256').update(JSON.stringify(calibrated)).digest('hex') }),
    framesPerSecond: skeletons ? FRAMES_PER_SECOND_WITH_SKELETONS : FRAMES_PER_SECOND,
    bodyEveryMs: 1_000,
    demographicsBudgetMs: 250,
    backend: backend ?? 'auto',
    ...(measured === null ? {} : { measured }),
  };
}

function permitted(observation: Observation, { demographics, expression }: Permits): Observation {
  if (observation.kind !== 'frame' || (demographics && expression)) return observation;
  const faces = observation.faces.map(({ demographics: sample, smile, ...face }) => ({ ...face, ...(demographics && sample ? { demographics: sample } : {}), ...(expression && smile !== undefined ? { smile } : {}) }));
  return { ...observation, faces };
}

function refuse(): void {
  throw new LitfassError('no-camera-source', 'this screen has no camera; it takes no reports of a vision page.');
}
