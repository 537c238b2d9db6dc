import { useSyncExternalStore } from 'react';
import { z } from 'zod';
import { parseVerifierKey } from '../verify/index.ts';

const STORED_UNDER = 'litfass-pinned-keys';

const pinnedKeySchema = z.strictObject({ name: z.string(), kind: z.enum(['note', 'cosignature']), key: z.string(), pinnedMs: z.int().min(0) });
/** A verifier key that the auditor got elsewhere, or keeps from an earlier visit. It goes before whatever the hub says. */
export type PinnedKey = z.infer<typeof pinnedKeySchema>;

/** `fault`: what is kept cannot be read, in words; then nothing counts as pinned, and that must be seen. */
export interface PinnedKeys {
  readonly keys: readonly PinnedKey[];
  readonly fault: string;
}

type Kept = Pick<Storage, 'getItem' | 'setItem'>;

export function readPinnedKeys(kept: Kept): PinnedKeys {
  const text = kept.getItem(STORED_UNDER);
  if (text === null) return { keys: [], fault: '' };
  try {
    return { keys: z.array(pinnedKeySchema).parse(JSON.parse(text)), fault: '' };
  } catch {
    return { keys: [], fault: `This browser’s list of pinned keys (${STORED_UNDER}) cannot be read. Pin the keys again.` };
  }
}

/**
 * Keeps a key under its own name, in place of an earlier one of that name.
 *
 * @throws LitfassError `key-malformed`
 */
export async function pinKey(kept: Kept, text: string, nowMs: number): Promise<void> {
  const key = text.trim();
  const { name, kind } = await parseVerifierKey(key);
  const others = readPinnedKeys(kept).keys.filter((other) => other.name !== name);
  kept.setItem(STORED_UNDER, JSON.stringify([...others, { name, kind, key, pinnedMs: nowMs }]));
}

export function unpinKey(kept: Kept, name: string): void {
  kept.setItem(STORED_UNDER, JSON.stringify(readPinnedKeys(kept).keys.filter((other) => other.name !== name)));
}

const listeners = new Set<() => void>();
let last: { readonly text: string | null; readonly value: PinnedKeys } | null = null;

/** The same object for as long as nothing changed, as `useSyncExternalStore` asks. */
function snapshot(): PinnedKeys {
  const text = localStorage.getItem(STORED_UNDER);
  if (last === null || last.text !== text) last = { text, value: readPinnedKeys(localStorage) };
  return last.value;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  // The other windows of this browser tell by this event.
  window.addEventListener('storage', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('storage', listener);
  };
}

function changed(): void {
  for (const listener of listeners) listener();
}

/** The keys pinned in this browser, and how to change them. */
export function usePinnedKeys(): PinnedKeys & { pin: (text: string) => Promise<void>; unpin: (name: string) => void } {
  const pinned = useSyncExternalStore(subscribe, snapshot);
  return {
    ...pinned,
    async pin(text) {
      await pinKey(localStorage, text, Date.now());
      changed();
    },
    unpin(name) {
      unpinKey(localStorage, name);
      changed();
    },
  };
}
