import { LitfassError, type Rotation, type ScreenSettings } from '../contract/index.ts';
import type { AudienceSource } from '../player/index.ts';

/** What whoever starts a screen says about it; what is not said stands in the settings of its set-up. */
export interface SaidOptions {
  readonly hubUrl?: string;
  readonly pairingCode?: string;
  readonly name?: string;
  readonly display?: string;
  readonly rotation?: Rotation;
  readonly source: AudienceSource;
}

export interface ScreenOptions {
  readonly hubUrl: string;
  readonly name: string;
  readonly display?: string;
  /** How the panel hangs. The stage page turns the picture by it; nothing else turns it once more. */
  readonly rotation: Rotation;
  readonly source: AudienceSource;
}

/**
 * What is said now goes before what was said at the set-up. The time zone of the settings becomes this process' own, and
 * that of the browser that it starts.
 *
 * @throws LitfassError `not-set-up` when neither names a hub
 */
export function screenOf(said: SaidOptions, settings: ScreenSettings | null, env: NodeJS.ProcessEnv = process.env): ScreenOptions {
  const hubUrl = said.hubUrl ?? settings?.hubUrl;
  if (hubUrl === undefined) throw new LitfassError('not-set-up', 'this screen was told no hub: start it with --hub URL, or without it and answer the questions on its panel.');
  if (settings !== null) env.TZ = settings.timeZone;
  const display = said.display ?? settings?.display ?? undefined;
  return {
    hubUrl,
    name: said.name ?? settings?.name ?? 'Screen',
    rotation: said.rotation ?? settings?.rotation ?? 0,
    source: said.source.kind === 'none' ? sourceOf(settings) : said.source,
    ...(display === undefined ? {} : { display }),
  };
}

function sourceOf(settings: ScreenSettings | null): AudienceSource {
  const camera = settings?.camera ?? null;
  if (camera === null) return { kind: 'none' };
  return { kind: 'camera', ...(camera.label === null ? {} : { label: camera.label }) };
}
