import { examineMedia } from '../../content/index.ts';
import { LitfassError, MEDIA_TYPES } from '../../contract/index.ts';
import type { MediaFiles } from '../repositories/media-files.ts';
import { findMedia, type MediaRow, saveMedia } from '../repositories/media.ts';
import type { HubDatabase } from '../repositories/schema.ts';

/** As `creativeSchema` allows. */
export const MAX_MEDIA_BYTES = 2_000_000_000;
const KNOWN_TYPES: readonly string[] = Object.values(MEDIA_TYPES).flat();

/** Every file that was ever part of a programme, with its type. */
export interface MediaLibrary {
  find(sha256: string): Promise<MediaRow | undefined>;
  /**
   * Stores a file under its hash, as what its bytes say that it is; one that is there already is not written again.
   *
   * @throws LitfassError `media-type`, `media-damaged`, `picture-too-large`, `media-hash`, `too-large`
   */
  put(sha256: string, mediaType: string, bytes: AsyncIterable<Uint8Array>): Promise<MediaRow>;
  read(sha256: string, start: number, end: number): ReadableStream<Uint8Array>;
}

export function openMediaLibrary(db: HubDatabase, files: MediaFiles): MediaLibrary {
  async function find(sha256: string): Promise<MediaRow | undefined> {
    const media = await findMedia(db, sha256);
    return media !== undefined && (await files.has(sha256)) ? media : undefined;
  }
  return {
    find,
    async put(sha256, mediaType, bytes) {
      if (!KNOWN_TYPES.includes(mediaType)) throw new LitfassError('media-type', `"${mediaType}" cannot be shown. Choose one of ${KNOWN_TYPES.join(', ')}.`);
      const known = await find(sha256);
      let found = mediaType;
      const examine = async (path: string): Promise<void> => void (found = await examineMedia(path, mediaType));
      if (known !== undefined) await examine(files.path(sha256));
      const stored = known?.bytes ?? (await files.put(sha256, bytes, MAX_MEDIA_BYTES, examine));
      const media: MediaRow = { sha256, media_type: found, bytes: stored };
      if (known?.media_type !== found) await saveMedia(db, media);
      return media;
    },
    read: (sha256, start, end) => files.read(sha256, start, end),
  };
}
