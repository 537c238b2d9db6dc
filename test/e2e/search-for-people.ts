import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What was found where it must not be. */
export interface Find {
  readonly where: string;
  readonly what: string;
}

/** First bytes of picture files, and how they begin in base64. */
const PICTURE_FILES: Readonly<Record<string, Buffer>> = {
  JPEG: Buffer.from([0xff, 0xd8, 0xff]),
  PNG: Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a]),
  GIF: Buffer.from('GIF89a'),
  WebP: Buffer.from('WEBPVP8'),
  AVIF: Buffer.from('ftypavif'),
};
const PICTURES_IN_TEXT = /data:image\/|\/9j\/4[A-Za-z0-9+/]{40}|iVBORw0KGgo|UklGR[A-Za-z0-9+/]{6}XRUJQ/;
/** More numbers in a row than anything we say about a picture holds: an embedding, a mesh, a crop written out. */
const NUMBERS_IN_A_ROW = /(?:-?\d+(?:\.\d+)?(?:e-?\d+)?[,\s]+){24}/i;
/** Words under which such things usually travel, as keys. */
const TELLING_KEYS = /"(?:[a-z]*embedding|descriptor|mesh|landmarks?|annotations|iris|crop|pixels?|thumbnail|faceId|trackId|personId|visitorId|track|tensor|macAddress|bssid)"\s*:/i;

/** Searches bytes for pictures of any usual format. */
export function pictureFilesIn(bytes: Buffer, where: string): Find[] {
  const found = Object.entries(PICTURE_FILES).flatMap(([format, magic]) => (bytes.includes(magic) ? [{ where, what: `a ${format} picture` }] : []));
  return PICTURES_IN_TEXT.test(bytes.toString('latin1')) ? [...found, { where, what: 'a picture written as text' }] : found;
}

/** Bytes that could stand anywhere, such as the codes of a plain wall, are no trace of anybody: a piece has hardly a byte twice. */
const PIECE_BYTES = 24;
const DIFFERENT_BYTES = 18;

/** Searches bytes for pieces of the very pictures that the camera showed. */
export function piecesOf(camera: Buffer, bytes: Buffer, where: string): Find[] {
  const pieces = Array.from({ length: 256 }, (_, index) => Math.floor(((index + 1) * (camera.length - PIECE_BYTES)) / 257))
    .map((at) => camera.subarray(at, at + PIECE_BYTES))
    .filter((piece) => new Set(piece).size >= DIFFERENT_BYTES);
  return pieces.some((piece) => bytes.includes(piece)) ? [{ where, what: 'a piece of a camera picture' }] : [];
}

/** Searches text for what could tell people apart: long rows of numbers, and keys that name such things. */
export function featuresIn(text: string, where: string): Find[] {
  const row = NUMBERS_IN_A_ROW.exec(text);
  const key = TELLING_KEYS.exec(text);
  return [...(row ? [{ where, what: `a row of numbers: ${row[0].slice(0, 80)}…` }] : []), ...(key ? [{ where, what: `the key ${key[0]}` }] : [])];
}

/** Every name of a field in a JSON value, at any depth. */
export function keysIn(value: unknown, keys = new Set<string>()): Set<string> {
  if (Array.isArray(value)) for (const each of value) keysIn(each, keys);
  else if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value)) {
      keys.add(key);
      keysIn(inner, keys);
    }
  }
  return keys;
}

/** All files under a folder, by their path in it. Those that vanish meanwhile are left out. */
export async function filesUnder(dir: string): Promise<ReadonlyMap<string, Buffer>> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true });
  const files = new Map<string, Buffer>();
  for (const entry of entries.filter((each) => each.isFile())) {
    const path = join(entry.parentPath, entry.name);
    const bytes = await readFile(path).catch(() => null);
    if (bytes !== null) files.set(path.slice(dir.length + 1), bytes);
  }
  return files;
}
