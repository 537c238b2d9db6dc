import { LitfassError, type Clock, type Observation, type VisionReport, type VisionSettings } from '../contract/index.ts';
import { createCamera, replay } from '../sensors/index.ts';
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
  /** The vision page has to be loaded anew. */
  readonly onSilent: () => void;
}

/** Opens what the source names. @throws LitfassError when a recording cannot be read */
export async function openSensors({ source, clock, permits, onObservation, onSilent }: SensorsOptions): Promise<Sensors> {
  if (source.kind === 'none') return { settings: () => null, receive: refuse, close: () => undefined };
  if (source.kind === 'recorded') {
    // The age and gender in a recording need the same permit as those of a camera.
    const pass = (observation: Observation): void => onObservation(permits().demographics ? observation : withoutDemographics(observation));
    const playing = await replay({ file: source.file, clock, onObservation: pass });
    return { settings: () => null, receive: refuse, close: () => playing.close() };
  }
  const camera = createCamera({ clock, onObservation, onSilent });
  return {
    settings: () => (permits().camera ? settingsFor(source, permits().demographics) : null),
    receive: (report) => camera.report(report),
    close: () => camera.close(),
  };
}

function settingsFor(source: Extract<AudienceSource, { kind: 'camera' | 'clip' }>, demographics: boolean): VisionSettings {
  return {
    source: source.kind === 'clip' ? { kind: 'clip', url: 'clip', mode: 'loop' } : { kind: 'camera', ...(source.label === undefined ? {} : { label: source.label }) },
    demographics,
    expression: false,
    skeletons: false,
    calibrated: false,
    framesPerSecond: 8,
    bodyEveryMs: 1_000,
    demographicsBudgetMs: 250,
    backend: 'auto',
  };
}

function withoutDemographics(observation: Observation): Observation {
  if (observation.kind !== 'frame') return observation;
  return { ...observation, faces: observation.faces.map(({ box, score, yawDeg, pitchDeg }) => ({ box, score, yawDeg, pitchDeg })) };
}

function refuse(): void {
  throw new LitfassError('no-camera-source', 'this screen has no camera; it takes no reports of a vision page.');
}
