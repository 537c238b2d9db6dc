import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, realpath, stat } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';
import { type Creative, describeIssues, LitfassError, type ProgrammeDraft, type ProgrammeSource, programmeSourceSchema } from '../../contract/index.ts';
import type { MediaRow } from '../repositories/media.ts';
import { MAX_MEDIA_BYTES, type MediaLibrary } from './media-library.ts';

const TYPES_BY_ENDING: Readonly<Record<string, string>> = {
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.webp': 'image/webp',
  '.avif': 'image/avif',
  '.gif': 'image/gif',
  '.svg': 'image/svg+xml',
  '.mp4': 'video/mp4',
  '.webm': 'video/webm',
  '.html': 'text/html',
  '.mp3': 'audio/mpeg',
  '.m4a': 'audio/mp4',
  '.ogg': 'audio/ogg',
  '.opus': 'audio/ogg',
  '.flac': 'audio/flac',
  '.wav': 'audio/wav',
  '.pdf': 'application/pdf',
};

/**
 * Reads `programme.json` and takes the files it names into the library.
 *
 * @returns the draft, with hashes in place of file names.
 * @throws LitfassError `programme-folder` (not readable), `programme-invalid` (with the path in the JSON), `media-missing`, and
 *   what is wrong with a file, with its name
 */
export async function readProgrammeFolder(folder: string, library: MediaLibrary): Promise<ProgrammeDraft> {
  const { creatives: wanted, ...arrangement } = await readSource(folder);
  const creatives: Creative[] = [];
  for (const [index, { file, ...creative }] of wanted.entries()) {
    const media = await takeFile(folder, file, `creatives.${String(index)}.file`, library);
    creatives.push({ ...creative, sha256: media.sha256, bytes: media.bytes, mediaType: media.media_type });
  }
  return { ...arrangement, creatives };
}

async function readSource(folder: string): Promise<ProgrammeSource> {
  const path = join(folder, 'programme.json');
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw new LitfassError('programme-folder', `${path} cannot be read (${message(error)}). A programme folder holds programme.json and the files it names.`, { cause: error });
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new LitfassError('programme-invalid', `${path} is not JSON: ${message(error)}. Correct it and save it again.`, { cause: error });
  }
  const source = programmeSourceSchema.safeParse(json);
  if (!source.success) throw new LitfassError('programme-invalid', `${path} is not a programme: ${describeIssues(source.error)}. Correct it and save it again.`);
  return source.data;
}

async function takeFile(folder: string, file: string, where: string, library: MediaLibrary): Promise<MediaRow> {
  const mediaType = TYPES_BY_ENDING[extname(file).toLowerCase()];
  if (mediaType === undefined) {
    throw new LitfassError('programme-invalid', `${join(folder, 'programme.json')}: ${where}: "${file}" has an ending that cannot be shown. Use one of ${Object.keys(TYPES_BY_ENDING).join(' ')}.`);
  }
  const path = await insideFolder(folder, file, where);
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path) as AsyncIterable<Uint8Array>) hash.update(chunk);
  try {
    return await library.put(hash.digest('hex'), mediaType, createReadStream(path));
  } catch (error) {
    if (!(error instanceof LitfassError)) throw error;
    throw new LitfassError(error.code, `${join(folder, 'programme.json')}: ${where}: "${file}": ${error.message}`, { cause: error });
  }
}

/** The schema refuses `..`; this refuses a link that leads out of the folder: its target would be published to every screen. */
async function insideFolder(folder: string, file: string, where: string): Promise<string> {
  const programme = join(folder, 'programme.json');
  try {
    const path = await realpath(join(folder, file));
    const found = await stat(path);
    if (!path.startsWith((await realpath(folder)) + sep)) throw new Error('it is a link to a place outside the programme folder');
    if (!found.isFile() || found.size === 0 || found.size > MAX_MEDIA_BYTES) throw new Error(`it must be a file of 1 to ${String(MAX_MEDIA_BYTES)} bytes`);
    return path;
  } catch (error) {
    throw new LitfassError('media-missing', `${programme}: ${where}: "${file}" cannot be used: ${message(error)}. Put the file there or correct the name.`, { cause: error });
  }
}

function message(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
