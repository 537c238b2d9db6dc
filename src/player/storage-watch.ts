import type { StorageHealth } from '../contract/index.ts';
import { probeStorage } from '../impressions/index.ts';
import type { Trouble } from './trouble.ts';

/** Often enough to see a card die, seldom enough not to wear it. */
const PROBE_MS = 10 * 60_000;
/** A healthy card syncs 4 kB in milliseconds. */
const SLOW_MS = 2_000;

export interface StorageWatch {
  /** `undefined` until the first probe is over. */
  readonly health: StorageHealth | undefined;
  close(): void;
}

/** Probes the data folder's disk now and then; what is wrong stands in the status until it is over. */
export function startStorageWatch({ dataDir, trouble }: { readonly dataDir: string; readonly trouble: Trouble }): StorageWatch {
  let health: StorageHealth | undefined;
  const probe = async (): Promise<void> => {
    health = await probeStorage(dataDir, () => performance.now());
    const line = wordsOf(health, dataDir);
    if (line === null) trouble.over('storage');
    else trouble.stands('storage', line);
  };
  const timer = setInterval(() => void probe(), PROBE_MS);
  void probe();
  return {
    get health() {
      return health;
    },
    close: () => clearInterval(timer),
  };
}

function wordsOf({ state, syncMs, ext4Errors }: StorageHealth, dataDir: string): string | null {
  if (state === 'full') return `The disk under ${dataDir} is full. Free space on it; until then plays wait in memory.`;
  if (state === 'read-only') return `The disk under ${dataDir} is read-only. Check it for errors and mount it read-write; until then plays wait in memory.`;
  if (state === 'failing') return `The disk under ${dataDir} does not keep what is written to it. Replace it; until then plays wait in memory.`;
  if (syncMs !== null && syncMs > SLOW_MS) return `The disk under ${dataDir} took ${syncMs} ms to sync 4 kB: a card that is about to die does that. Replace it soon.`;
  return ext4Errors !== null && ext4Errors > 0 ? `The file system under ${dataDir} counts ${ext4Errors} errors. Check it, and replace the disk if they grow.` : null;
}
