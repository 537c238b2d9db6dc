import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { onTestFinished, vi } from 'vitest';
import type { Clock, LitfassError } from '../../src/contract/index.ts';
import { openLog, type ImpressionLog } from '../../src/impressions/index.ts';
import { createHubClient, enrol, loadScreenKey, type BackOff, type HubClient, type ScreenKey, type TroubleListener } from '../../src/sync/index.ts';
import { newFolder } from '../impressions/folder.ts';
import type { HubDouble } from './hub-double.ts';

export const QUICK: BackOff = { baseMs: 4, capMs: 20 };
export const realClock: Clock = () => ({ wallMs: Date.now(), monoMs: performance.now(), quality: 'synced' });
export const clockOf1970: Clock = () => ({ wallMs: Math.trunc(performance.now()), monoMs: performance.now(), quality: 'unsynced' });

export interface ScreenDouble {
  readonly dir: string;
  readonly log: ImpressionLog;
  readonly key: ScreenKey;
  readonly hub: HubClient;
  /** Codes of all troubles so far; `null` where it was well again. */
  readonly troubles: (string | null)[];
  readonly messages: string[];
  readonly onTrouble: TroubleListener;
}

/** The wired side of a screen, enrolled at the hub, with a real log in a folder of its own. */
export async function newScreen(hub: HubDouble, clock: Clock = realClock): Promise<ScreenDouble> {
  const dir = newFolder();
  const log = openLog({ file: join(dir, 'player.db') });
  onTestFinished(() => log.close());
  const key = await loadScreenKey(dir);
  const { screenId } = await enrol({ log, hubUrl: hub.url, code: 'RIGHT-CODE', name: 'Entrance', key, clock, random: Math.random, signal: AbortSignal.timeout(5_000), onTrouble: () => undefined, backOff: QUICK });
  const troubles: (string | null)[] = [];
  const messages: string[] = [];
  return {
    dir,
    log,
    key,
    hub: createHubClient({ hubUrl: hub.url, clock, identity: { screenId, key } }),
    troubles,
    messages,
    onTrouble: (trouble: LitfassError | null) => {
      troubles.push(trouble?.code ?? null);
      if (trouble) messages.push(trouble.message);
    },
  };
}

/** Waits until the assertion holds; the generous end is for a busy machine. */
export function soon(assertion: () => void): Promise<void> {
  return vi.waitFor(assertion, { timeout: 10_000, interval: 5 });
}

export function someBytes(length: number): Buffer {
  return randomBytes(length);
}
