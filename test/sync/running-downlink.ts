import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import type { Creative, Programme } from '../../src/contract/index.ts';
import { openMediaStore, openProgrammeStore, startDownlink, type Downlink, type MediaStore, type ProgrammeStore } from '../../src/sync/index.ts';
import { newCreative, newProgramme } from '../contract/builders.ts';
import type { HubDouble } from './hub-double.ts';
import { newScreen, QUICK, someBytes, soon, type ScreenDouble } from './screen-double.ts';

const HOUR = 3_600_000;

/** Puts a file on the hub. */
export function upload(hub: HubDouble, bytes: Buffer, fields: Partial<Creative> = {}): Creative {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  hub.media.set(sha256, bytes);
  return newCreative({ id: `creative-${sha256.slice(0, 8)}`, sha256, bytes: bytes.byteLength, ...fields });
}

export interface Running {
  readonly screen: ScreenDouble;
  readonly programmes: ProgrammeStore;
  readonly media: MediaStore;
  readonly downlink: Downlink;
  /** Versions in the order in which they were switched to. */
  readonly shown: number[];
}

/** The downlink of a screen, with a real data folder; without events it would poll once an hour. */
export async function startRunning(hub: HubDouble, screen?: ScreenDouble): Promise<Running> {
  const ours = screen ?? (await newScreen(hub));
  const media = await openMediaStore({ dir: join(ours.dir, 'media') });
  const programmes = openProgrammeStore({ dir: ours.dir, hubPublicKey: hub.publicKey, onTrouble: ours.onTrouble });
  const shown: number[] = [];
  const downlink = startDownlink({
    hub: ours.hub,
    hubPublicKey: hub.publicKey,
    log: ours.log,
    programmes,
    media,
    random: Math.random,
    onProgramme: (programme) => {
      for (const creative of programme.creatives) expect(media.has(creative.sha256)).toBe(true);
      shown.push(programme.version);
    },
    onTrouble: ours.onTrouble,
    pollMs: HOUR,
    backOff: QUICK,
  });
  onTestFinished(() => downlink.close());
  return { screen: ours, programmes, media, downlink, shown };
}

export async function untilShown(running: Running, versions: number[]): Promise<void> {
  await soon(() => expect(running.shown).toEqual(versions));
}

export async function untilTrouble(running: Running, code: string): Promise<void> {
  await soon(() => expect(running.screen.troubles).toContain(code));
}

/** Publishes a programme of one fresh creative. */
export function published(hub: HubDouble, version: number, fields: Partial<Programme> = {}): Programme {
  const programme = newProgramme({ version, creatives: [upload(hub, someBytes(50_000))], ...fields });
  hub.publish(programme);
  return programme;
}
