import type { FileHandle } from 'node:fs/promises';
import { LitfassError } from '../../contract/index.ts';

/** One file in an archive, as its directory describes it. */
export interface ZipEntry {
  readonly name: string;
  readonly isSymbolicLink: boolean;
  readonly isEncrypted: boolean;
  /** 0: stored, 8: deflated. */
  readonly method: number;
  readonly crc32: number;
  readonly packedBytes: number;
  readonly bytes: number;
  /** Where its local header begins. */
  readonly offset: number;
  /** Where its packed bytes end at the earliest: a local header is at least thirty bytes long. */
  readonly end: number;
}

export interface ZipDirectory {
  readonly entries: readonly ZipEntry[];
  /** Where it begins, which is where the last file ends. */
  readonly start: number;
}

const END_BYTES = 22;
const LONGEST_COMMENT = 65_535;
const ENTRY_BYTES = 46;
const LOCAL_HEADER_BYTES = 30;
const UNIX_LINK = 0o120_000;
const UNIX_KIND = 0o170_000;
const MOST_DIRECTORY_BYTES = 4_000_000;

/**
 * Reads an archive's directory (PKWARE APPNOTE 6.3.10, sections 4.3.12 and 4.3.16), not its files. Archives that need Zip64 are
 * larger than any package may be.
 *
 * @throws LitfassError `package-broken`
 */
export async function readZipDirectory(file: FileHandle): Promise<ZipDirectory> {
  const { size } = await file.stat();
  const tail = await readAt(file, Math.max(0, size - END_BYTES - LONGEST_COMMENT), Math.min(size, END_BYTES + LONGEST_COMMENT));
  const end = tail.lastIndexOf('PK\x05\x06', undefined, 'latin1');
  if (end < 0 || end + END_BYTES > tail.length) throw broken('it has no directory: it was cut off, or is no zip');
  const count = tail.readUInt16LE(end + 10);
  const [directoryBytes, start] = [tail.readUInt32LE(end + 12), tail.readUInt32LE(end + 16)];
  if (count === 0xffff || start + directoryBytes > size || directoryBytes > MOST_DIRECTORY_BYTES) throw broken('its directory does not lie in it');
  const directory = await readAt(file, start, directoryBytes);
  const entries: ZipEntry[] = [];
  for (let at = 0; entries.length < count; ) {
    if (at + ENTRY_BYTES > directory.length || directory.readUInt32LE(at) !== 0x0201_4b50) throw broken('its directory breaks off');
    const [nameBytes, extraBytes, commentBytes] = [directory.readUInt16LE(at + 28), directory.readUInt16LE(at + 30), directory.readUInt16LE(at + 32)];
    const next = at + ENTRY_BYTES + nameBytes + extraBytes + commentBytes;
    if (next > directory.length) throw broken('its directory breaks off');
    const [packedBytes, offset] = [directory.readUInt32LE(at + 20), directory.readUInt32LE(at + 42)];
    entries.push({
      name: directory.toString('utf8', at + ENTRY_BYTES, at + ENTRY_BYTES + nameBytes),
      isSymbolicLink: ((directory.readUInt32LE(at + 38) >>> 16) & UNIX_KIND) === UNIX_LINK,
      isEncrypted: (directory.readUInt16LE(at + 8) & 1) === 1,
      method: directory.readUInt16LE(at + 10),
      crc32: directory.readUInt32LE(at + 16),
      packedBytes,
      bytes: directory.readUInt32LE(at + 24),
      offset,
      end: offset + LOCAL_HEADER_BYTES + packedBytes,
    });
    at = next;
  }
  return { entries, start };
}

/**
 * Lengths come from the archive itself: one that is not there is never made room for, and from 2 GB on Node.js would not throw
 * but abort the process.
 *
 * @throws LitfassError `package-broken` when the file ends before
 */
export async function readAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const { size } = await file.stat();
  if (position + length > size) throw broken(`it names ${length} bytes at ${position}, and has ${size} in all`);
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
  return buffer.subarray(0, bytesRead);
}

export function broken(why: string): LitfassError {
  return new LitfassError('package-broken', `the package cannot be read: ${why}. Pack it again as a plain zip.`);
}
