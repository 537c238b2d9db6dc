import { LitfassError } from '../../contract/index.ts';
import type { ZipDirectory, ZipEntry } from './zip-directory.ts';

const MOST_ENTRIES = 2_000;
const MOST_ENTRY_BYTES = 50_000_000;
const MOST_BYTES = 200_000_000;
/** Text shrinks to a tenth, an empty picture to a hundredth; what unpacks to more than this times its size was made to do harm. */
const MOST_TIMES_LARGER = 200;
const SMALL_BYTES = 1_000_000;

/**
 * Refuses an archive that would be more than a folder of files: names that lead elsewhere, links, doubles, files that lie over
 * each other or beyond the end, and such as unpack to far more than they are.
 *
 * @throws LitfassError `package-unsafe`, with the name of the file
 */
export function refuseUnsafe({ entries, start }: ZipDirectory): void {
  if (entries.length > MOST_ENTRIES) throw unsafe(`it holds ${entries.length} files, and ${MOST_ENTRIES} is the most`);
  const names = new Set<string>();
  let total = 0;
  for (const entry of entries) {
    const why = whyUnsafe(entry);
    if (why !== null) throw unsafe(`"${printable(entry.name)}" ${why}`);
    if (names.has(entry.name)) throw unsafe(`"${printable(entry.name)}" is in it twice`);
    names.add(entry.name);
    total += entry.bytes;
  }
  if (total > MOST_BYTES) throw unsafe(`it unpacks to ${Math.round(total / 1e6)} MB, and ${MOST_BYTES / 1e6} MB is the most`);
  refuseOverlaps(entries, start);
}

function whyUnsafe({ name, isSymbolicLink, isEncrypted, method, packedBytes, bytes }: ZipEntry): string | null {
  if (name.length > 200) return 'has a name of more than 200 characters';
  if (/[\u0000-\u001f\u007f\ufffd]/.test(name)) return 'has a name that cannot be written';
  if (name.includes('\\')) return 'has a backslash in its name';
  if (name.startsWith('/') || name.includes(':')) return 'has a name that begins at the root of a disk';
  const parts = name.replace(/\/$/, '').split('/');
  if (parts.some((part) => part === '' || part === '.' || part === '..')) return 'has a name that leads out of the package';
  if (isSymbolicLink) return 'is a link';
  if (isEncrypted) return 'is encrypted';
  if (method !== 0 && method !== 8) return `is packed by method ${method}, which is neither stored nor deflated`;
  if (method === 0 && packedBytes !== bytes) return 'says two sizes';
  if (packedBytes > MOST_ENTRY_BYTES) return `is ${Math.round(packedBytes / 1e6)} MB packed, and ${MOST_ENTRY_BYTES / 1e6} MB is the most`;
  if (bytes > MOST_ENTRY_BYTES) return `unpacks to ${Math.round(bytes / 1e6)} MB, and ${MOST_ENTRY_BYTES / 1e6} MB is the most`;
  if (bytes > SMALL_BYTES && bytes > packedBytes * MOST_TIMES_LARGER) return `unpacks to ${Math.round(bytes / Math.max(1, packedBytes))} times its size`;
  return null;
}

/** Files that share their bytes make a small archive unpack to petabytes (Fifield, "A better zip bomb", 2019). The last one ends where the directory begins. */
function refuseOverlaps(entries: readonly ZipEntry[], directoryStart: number): void {
  const byPlace = entries.toSorted((a, b) => a.offset - b.offset);
  for (const [index, { end, name }] of byPlace.entries()) {
    const next = byPlace[index + 1];
    if (end > (next?.offset ?? directoryStart)) throw unsafe(`"${printable(name)}" lies over ${next === undefined ? 'the directory' : `"${printable(next.name)}"`}`);
  }
}

function printable(name: string): string {
  return JSON.stringify(name.slice(0, 120)).slice(1, -1);
}

function unsafe(why: string): LitfassError {
  return new LitfassError('package-unsafe', `the package is refused: ${why}. Pack a plain folder of files, with index.html at its top.`);
}
