import { existsSync } from 'node:fs';
import { mkdir, open, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { LitfassError, sha256Schema } from '../contract/index.ts';
import { storageFault } from '../impressions/index.ts';
import { hashFile } from './hash-file.ts';

const OURS = /^[0-9a-f]{64}(\.part)?$/;

/** Media on disk, each file named by the SHA-256 of its bytes. A file gets its name only after its hash was checked. */
export interface MediaStore {
  has(sha256: string): boolean;
  /** Where the file is or would be. @throws LitfassError `media-name` for what is no hash: it could point anywhere. */
  path(sha256: string): string;
  /**
   * Reads the whole file and compares its hash; before it is shown for the first time after a start, since a disk may rot.
   *
   * @throws LitfassError `media-missing`, or `media-corrupt`: then the file was removed, so that it is downloaded again.
   */
  verify(sha256: string): Promise<void>;
  /**
   * The file as a stream, whole or from byte `start` to byte `end`, both included. `bytes` is the length of the whole file.
   *
   * @throws LitfassError `media-missing`
   */
  open(sha256: string, range?: { readonly start: number; readonly end: number }): Promise<{ readonly bytes: number; readonly stream: ReadableStream<Uint8Array> }>;
  /** Removes all other media, also unfinished downloads. Resolves to the names of what was removed. */
  keepOnly(wanted: ReadonlySet<string>): Promise<readonly string[]>;
}

/** @throws LitfassError `data-folder-full`, `data-folder-read-only`, `data-folder-failing` when the folder cannot be made. */
export async function openMediaStore({ dir }: { readonly dir: string }): Promise<MediaStore> {
  await mkdir(dir, { recursive: true, mode: 0o700 }).catch((error: unknown) => {
    throw storageFault(error, dir);
  });

  function path(sha256: string): string {
    if (!sha256Schema.safeParse(sha256).success) throw new LitfassError('media-name', `"${sha256.slice(0, 80)}" is no SHA-256, so there is no such media file.`);
    return join(dir, sha256);
  }

  return {
    has: (sha256) => existsSync(path(sha256)),
    path,

    async verify(sha256) {
      const file = path(sha256);
      const found = await hashFile(file).catch((error: unknown) => {
        throw isMissing(error) ? mediaMissing(sha256, dir) : storageFault(error, file);
      });
      if (found === sha256) return;
      await rm(file, { force: true });
      throw new LitfassError('media-corrupt', `${file} had the hash ${found}: the disk changed it. It was removed and will be downloaded again; if this comes back, replace the disk.`);
    },

    async open(sha256, range) {
      const handle = await open(path(sha256)).catch((error: unknown) => {
        throw isMissing(error) ? mediaMissing(sha256, dir) : storageFault(error, path(sha256));
      });
      const { size } = await handle.stat();
      return { bytes: size, stream: Readable.toWeb(handle.createReadStream(range)) as ReadableStream<Uint8Array> };
    },

    async keepOnly(wanted) {
      const removed = (await readdir(dir)).filter((name) => OURS.test(name) && !wanted.has(name));
      for (const name of removed) await rm(join(dir, name), { force: true });
      return removed;
    },
  };
}

function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT';
}

function mediaMissing(sha256: string, dir: string): LitfassError {
  return new LitfassError('media-missing', `${sha256} is not in ${dir}. It is downloaded as soon as the hub can be reached.`);
}
