import { isCompleteWebm } from './ebml.ts';
import { isoBoxes } from './iso-boxes.ts';
import type { SampledFile } from './sampled-file.ts';
import { isCompleteFlac, isCompleteMpegAudio, isCompleteOgg } from './sound-end.ts';

/** A file that holds sound, moving pictures or pages, told by its first bytes. */
export interface Container {
  /** What it may be: a container of sound and one of pictures look the same from outside. */
  readonly mediaTypes: readonly string[];
  readonly isComplete: boolean;
}

/** @returns `null` for what is none of these */
export function readContainer(file: SampledFile): Container | null {
  const { bytes, head, tail } = file;
  const starts = (text: string, at = 0): boolean => head.toString('latin1', at, at + text.length) === text;
  if (starts('ftyp', 4)) return { mediaTypes: ['video/mp4', 'audio/mp4'], isComplete: isCompleteMp4(file) };
  // EBML (RFC 8794), section 11.2.1.
  if (head.length >= 4 && head.readUInt32BE(0) === 0x1a45dfa3) return { mediaTypes: ['video/webm', 'audio/webm'], isComplete: isCompleteWebm(file) };
  if (starts('%PDF-')) return { mediaTypes: ['application/pdf'], isComplete: tail.includes('%%EOF') };
  if (starts('PK\x03\x04')) return { mediaTypes: ['application/zip'], isComplete: tail.includes('PK\x05\x06') };
  if (starts('OggS')) return { mediaTypes: ['audio/ogg'], isComplete: isCompleteOgg(file) };
  if (starts('fLaC')) return { mediaTypes: ['audio/flac'], isComplete: isCompleteFlac(file) };
  if (starts('RIFF') && starts('WAVE', 8)) return { mediaTypes: ['audio/wav'], isComplete: bytes >= 8 + head.readUInt32LE(4) };
  // MPEG audio: an ID3v2 tag, or the eleven set bits that each frame begins with.
  if (starts('ID3') || (head.length >= 2 && (head.readUInt16BE(0) & 0xffe0) === 0xffe0)) return { mediaTypes: ['audio/mpeg'], isComplete: isCompleteMpegAudio(file) };
  return null;
}

/** Its boxes fill it. One that begins with its pictures may have its index behind what is at hand: then it is taken to be there. */
function isCompleteMp4({ bytes, head }: SampledFile): boolean {
  const boxes = [...isoBoxes(head, 0, bytes)];
  const end = boxes.at(-1)?.end ?? Infinity;
  return end <= bytes && (end < bytes || boxes.some(({ type }) => type === 'moov' || type === 'moof'));
}
