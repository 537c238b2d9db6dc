import type { AuditLogsResponse } from '../../../../src/contract/index.ts';
import type { PinnedKey } from './pinned-keys.ts';

/** One key that signatures are held against, and where it came from. */
export interface BelievedKey {
  readonly name: string;
  /** Verifier key. */
  readonly key: string;
  /** When it was pinned here; `null`: it is only the hub's word. */
  readonly pinnedMs: number | null;
  /** The key that the hub names instead of the pinned one, where it does. */
  readonly hubSays: string | null;
}

/** `null`: neither the hub nor the auditor knows a key of the log. */
export interface Believed {
  readonly screen: BelievedKey | null;
  readonly witnesses: readonly BelievedKey[];
}

/**
 * Whose signatures count for a log. A pinned key goes before the hub's of the same name, and a pinned witness that the hub does
 * not name is looked for all the same: leaving it out must not make it go away.
 */
export function believedKeys(origin: string, told: AuditLogsResponse, pinned: readonly PinnedKey[]): Believed {
  const toldLog = told.logs.find((log) => log.origin === origin);
  const witnessNames = new Set([...told.witnesses.map(({ key }) => nameOf(key)), ...pinned.filter(({ kind }) => kind === 'cosignature').map(({ name }) => name)]);
  return {
    screen: believe(origin, toldLog?.logKey ?? null, pinned),
    witnesses: [...witnessNames].flatMap((name) => believe(name, told.witnesses.find(({ key }) => nameOf(key) === name)?.key ?? null, pinned) ?? []),
  };
}

function believe(name: string, hubKey: string | null, pinned: readonly PinnedKey[]): BelievedKey | null {
  const pin = pinned.find((candidate) => candidate.name === name);
  if (pin !== undefined) return { name, key: pin.key, pinnedMs: pin.pinnedMs, hubSays: hubKey === pin.key ? null : hubKey };
  return hubKey === null ? null : { name, key: hubKey, pinnedMs: null, hubSays: null };
}

function nameOf(verifierKey: string): string {
  return verifierKey.split('+')[0] ?? '';
}
