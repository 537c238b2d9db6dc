import { crc32 } from 'node:zlib';
import { LitfassError } from '../../contract/index.ts';

// A ZIP with one spelling: stored files, no comments, no dates, no extra fields (PKWARE APPNOTE 6.3.10, sections 4.3.7 to
// 4.3.16). What is not compressed cannot be a bomb, and what has one spelling leaves no byte that could change unseen.

export interface ZipFile {
  readonly name: string;
  readonly bytes: Buffer;
}

const LOCAL_BYTES = 30;
const END_BYTES = 22;
const VERSION = 20;
/** Names are UTF-8. */
const FLAGS = 0x0800;
/** 1980-01-01, the first day there is. */
const DATE = 0x0021;
const MOST_FILES = 200;
/** Above it the format needs ZIP64. */
const MOST_BYTES = 0x7fff_ffff;
/** Lower-case names in folders; no `..`, no drive, no backslash, nothing that means something to a shell. */
const NAME = /^[a-z0-9][a-z0-9-]*(\.[a-z0-9]+)*(\/[a-z0-9][a-z0-9-]*(\.[a-z0-9]+)*)*$/;

/** The ZIP in pieces, in order. @throws LitfassError `zip-too-large` */
export function writeZip(files: readonly ZipFile[]): Buffer[] {
  const locals: Buffer[] = [];
  const central: Buffer[] = [];
  let at = 0;
  for (const { name, bytes } of files) {
    const nameBytes = Buffer.from(name, 'utf8');
    const what = Buffer.alloc(26);
    what.writeUInt16LE(VERSION, 0);
    what.writeUInt16LE(FLAGS, 2);
    what.writeUInt16LE(DATE, 8);
    what.writeUInt32LE(crc32(bytes), 10);
    what.writeUInt32LE(bytes.byteLength, 14);
    what.writeUInt32LE(bytes.byteLength, 18);
    what.writeUInt16LE(nameBytes.byteLength, 22);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(at, 10);
    locals.push(Buffer.concat([Buffer.from('PK\u0003\u0004', 'latin1'), what, nameBytes]), bytes);
    central.push(Buffer.concat([Buffer.from('PK\u0001\u0002', 'latin1'), Uint8Array.of(VERSION, 0), what, place, nameBytes]));
    at += LOCAL_BYTES + nameBytes.byteLength + bytes.byteLength;
  }
  const centralBytes = central.reduce((sum, entry) => sum + entry.byteLength, 0);
  if (at + centralBytes > MOST_BYTES || files.length > MOST_FILES) throw new LitfassError('zip-too-large', `${files.length} files of ${at} bytes are more than a bundle may hold (${MOST_FILES} files, ${MOST_BYTES} bytes). Ask for a shorter time.`);
  const end = Buffer.alloc(END_BYTES);
  end.write('PK\u0005\u0006', 'latin1');
  end.writeUInt16LE(files.length, 8);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(centralBytes, 12);
  end.writeUInt32LE(at, 16);
  return [...locals, ...central, end];
}

/**
 * Reads such a ZIP, and no other: every byte must be the one that `writeZip` writes.
 *
 * @throws LitfassError `zip-malformed`, with the file or the place that is wrong
 */
export function readZip(zip: Buffer): ZipFile[] {
  if (zip.byteLength < END_BYTES) throw malformed('it is too short');
  const end = zip.subarray(-END_BYTES);
  const count = end.readUInt16LE(10);
  if (end.toString('latin1', 0, 4) !== 'PK\u0005\u0006') throw malformed('its end record is not at its end');
  if (count > MOST_FILES) throw malformed(`it has ${count} files, ${MOST_FILES} are the most`);
  const files: ZipFile[] = [];
  let at = 0;
  for (let number = 1; number <= count; number += 1) {
    const file = readLocal(zip, at, number);
    if (files.some(({ name }) => name === file.name)) throw malformed(`${file.name} is in it twice`);
    files.push(file);
    at += LOCAL_BYTES + file.name.length + file.bytes.byteLength;
  }
  requireSpelling(zip, files);
  return files;
}

function readLocal(zip: Buffer, at: number, number: number): ZipFile {
  if (at + LOCAL_BYTES > zip.byteLength || zip.toString('latin1', at, at + 4) !== 'PK\u0003\u0004') throw malformed(`the header of file ${number}, at byte ${at}, is none`);
  const begin = at + LOCAL_BYTES + zip.readUInt16LE(at + 26);
  const name = zip.toString('latin1', at + LOCAL_BYTES, begin);
  if (!NAME.test(name)) throw malformed(`file ${number} has a name that no bundle has: ${JSON.stringify(name.slice(0, 60))}`);
  if (zip.readUInt16LE(at + 8) !== 0) throw malformed(`${name} is compressed; bundles are not`);
  const bytes = zip.subarray(begin, begin + zip.readUInt32LE(at + 18));
  if (bytes.byteLength !== zip.readUInt32LE(at + 18)) throw malformed(`${name} is cut`);
  if (crc32(bytes) !== zip.readUInt32LE(at + 14)) throw malformed(`the bytes of ${name} are not those that were stored: its checksum is wrong`);
  return { name, bytes };
}

function requireSpelling(zip: Buffer, files: readonly ZipFile[]): void {
  let at = 0;
  for (const [number, piece] of writeZip(files).entries()) {
    const found = zip.subarray(at, at + piece.byteLength);
    if (!found.equals(piece)) throw malformed(`${pieceName(number, files)}, at byte ${at}, is not as bundles have it`);
    at += piece.byteLength;
  }
  if (at !== zip.byteLength) throw malformed(`${zip.byteLength - at} bytes follow its end`);
}

function pieceName(number: number, files: readonly ZipFile[]): string {
  if (number < 2 * files.length) return `the header of ${files[number >> 1]?.name ?? ''}`;
  const entry = files[number - 2 * files.length];
  return entry === undefined ? 'its end record' : `the directory entry of ${entry.name}`;
}

function malformed(why: string): LitfassError {
  return new LitfassError('zip-malformed', `This is no bundle: ${why}. Export it again from the hub.`);
}
