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
}

const END_BYTES = 22;
const LONGEST_COMMENT = 65_535;
const UNIX_LINK = 0o120_000;
const UNIX_KIND = 0o170_000;
const MOST_DIRECTORY_BYTES = 4_000_000;

/**
 * Reads an archive's directory (PKWARE APPNOTE 6.3.10, sections 4.3.12 and 4.3.16), not its files. Archives that need Zip64 are
 * larger than any package may be.
 *
 * @throws LitfassError `package-broken`
 */
export async function readZipDirectory(file: FileHandle): Promise<readonly ZipEntry[]> {
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
    if (at + 46 > directory.length || directory.readUInt32LE(at) !== 0x0201_4b50) throw broken('its directory breaks off');
    const [nameBytes, extraBytes, commentBytes] = [directory.readUInt16LE(at + 28), directory.readUInt16LE(at + 30), directory.readUInt16LE(at + 32)];
    entries.push({
      name: directory.toString('utf8', at + 46, at + 46 + nameBytes),
      isSymbolicLink: ((directory.readUInt32LE(at + 38) >>> 16) & UNIX_KIND) === UNIX_LINK,
      isEncrypted: (directory.readUInt16LE(at + 8) & 1) === 1,
      method: directory.readUInt16LE(at + 10),
      crc32: directory.readUInt32LE(at + 16),
      packedBytes: directory.readUInt32LE(at + 20),
      bytes: directory.readUInt32LE(at + 24),
      offset: directory.readUInt32LE(at + 42),
    });
    at += 46 + nameBytes + extraBytes + commentBytes;
  }
  return entries;
}

export async function readAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
  return buffer.subarray(0, bytesRead);
}

export function broken(why: string): LitfassError {
  return new LitfassError('package-broken', `the package cannot be read: ${why}. Pack it again as a plain zip.`);
}
