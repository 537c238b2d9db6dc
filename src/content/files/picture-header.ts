import { isoBoxes } from './iso-boxes.ts';
import type { SampledFile } from './sampled-file.ts';

/** What a picture says of itself before anybody decodes it. */
export interface PictureHeader {
  readonly mediaType: 'image/png' | 'image/jpeg' | 'image/webp' | 'image/avif' | 'image/gif';
  /** Pixels; 0 where it cannot be found, because the file is cut or broken. */
  readonly width: number;
  readonly height: number;
  /** It has an end. Browsers draw a picture that was cut off as far as it goes. */
  readonly isComplete: boolean;
}

/** @returns `null` for what is none of these pictures */
export function readPictureHeader(file: SampledFile): PictureHeader | null {
  for (const read of [readPng, readJpeg, readGif, readWebp, readAvif]) {
    const header = read(file);
    if (header !== null) return header;
  }
  return null;
}

/** PNG (W3C, third edition), sections 5.2 and 11.2; APNG is the same. */
function readPng({ head, tail }: SampledFile): PictureHeader | null {
  if (head.toString('latin1', 0, 8) !== '\x89PNG\r\n\x1a\n') return null;
  return { mediaType: 'image/png', ...sized(head.length >= 24, () => [head.readUInt32BE(16), head.readUInt32BE(20)]), isComplete: tail.includes('IEND') };
}

/** JPEG (ITU-T T.81), section B.1: segments up to the frame header, which holds the size. */
function readJpeg({ head, tail }: SampledFile): PictureHeader | null {
  if (head.length < 4 || head.readUInt16BE(0) !== 0xffd8 || head[2] !== 0xff) return null;
  let at = 2;
  while (at + 9 <= head.length && head[at] === 0xff) {
    const marker = head[at + 1] ?? 0;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    // SOF0 to SOF15, without the tables DHT, JPG and DAC that lie among them.
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
      const [height, width] = [head.readUInt16BE(at + 5), head.readUInt16BE(at + 7)];
      // A preview inside the file has an end of its own, before the frame: only one behind it counts.
      return { mediaType: 'image/jpeg', width, height, isComplete: tail.lastIndexOf(Buffer.from([0xff, 0xd9])) >= Math.max(0, tail.length - (head.length - at)) };
    }
    at += 2 + head.readUInt16BE(at + 2);
  }
  return { mediaType: 'image/jpeg', width: 0, height: 0, isComplete: false };
}

/** GIF89a, sections 18 and 27. */
function readGif({ head, tail }: SampledFile): PictureHeader | null {
  if (!/^GIF8[79]a$/.test(head.toString('latin1', 0, 6))) return null;
  return { mediaType: 'image/gif', ...sized(head.length >= 10, () => [head.readUInt16LE(6), head.readUInt16LE(8)]), isComplete: tail.at(-1) === 0x3b };
}

/** WebP (RFC 9649), section 2. */
function readWebp({ bytes, head }: SampledFile): PictureHeader | null {
  if (head.toString('latin1', 0, 4) !== 'RIFF' || head.toString('latin1', 8, 12) !== 'WEBP') return null;
  const isComplete = bytes >= 8 + head.readUInt32LE(4);
  const chunk = head.toString('latin1', 12, 16);
  return { mediaType: 'image/webp', ...sized(head.length >= 30, () => webpSize(head, chunk)), isComplete };
}

function webpSize(head: Buffer, chunk: string): readonly [number, number] {
  // Lossy (section 2.5): 14 bits each in the frame header of VP8, RFC 6386 section 9.1. Lossless (section 3.4): 14 bits each, less one. Extended: 24 bits each, less one.
  if (chunk === 'VP8 ') return [head.readUInt16LE(26) & 0x3fff, head.readUInt16LE(28) & 0x3fff];
  if (chunk === 'VP8L') return [(head.readUInt32LE(21) & 0x3fff) + 1, ((head.readUInt32LE(21) >>> 14) & 0x3fff) + 1];
  return chunk === 'VP8X' ? [head.readUIntLE(24, 3) + 1, head.readUIntLE(27, 3) + 1] : [0, 0];
}

/** AVIF 1.1 and ISO/IEC 23008-12, section 6.5.3: the largest `ispe` among the properties; others belong to previews and alpha. */
function readAvif({ bytes, head }: SampledFile): PictureHeader | null {
  if (head.toString('latin1', 4, 8) !== 'ftyp' || !/avi[fs]/.test(head.toString('latin1', 8, Math.min(head.length, head.readUInt32BE(0))))) return null;
  const boxes = [...isoBoxes(head, 0, bytes)];
  let largest: readonly [number, number] = [0, 0];
  for (const meta of boxes.filter(({ type }) => type === 'meta')) {
    // A full box: four bytes of version and flags come before its content.
    for (const iprp of childrenOf(head, meta.start + 4, meta.end, 'iprp')) {
      for (const ipco of childrenOf(head, iprp.start, iprp.end, 'ipco')) {
        for (const { start } of childrenOf(head, ipco.start, ipco.end, 'ispe')) {
          if (start + 12 > head.length) continue;
          const size = [head.readUInt32BE(start + 4), head.readUInt32BE(start + 8)] as const;
          if (size[0] * size[1] > largest[0] * largest[1]) largest = size;
        }
      }
    }
  }
  return { mediaType: 'image/avif', width: largest[0], height: largest[1], isComplete: (boxes.at(-1)?.end ?? Infinity) <= bytes };
}

/** None reaches beyond the box that it lies in: made-up boxes that do would be walked again and again. */
function childrenOf(head: Buffer, start: number, end: number, type: string): { readonly start: number; readonly end: number }[] {
  return [...isoBoxes(head, start, end)].filter((box) => box.type === type).map((box) => ({ start: box.start, end: Math.min(box.end, end) }));
}

function sized(isThere: boolean, read: () => readonly [number, number]): { readonly width: number; readonly height: number } {
  const [width, height] = isThere ? read() : [0, 0];
  return { width, height };
}
