import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { LitfassError } from '../../contract/index.ts';
import { syncFolder } from './sync-folder.ts';

const INCOMING = '.incoming-';

/** Media on disk, each file named by the SHA-256 of its bytes: what has the right name has the right content. */
export interface MediaFiles {
  has(sha256: string): Promise<boolean>;
  /** Where the file of this hash is, or would be. */
  path(sha256: string): string;
  /**
   * Stores bytes under their hash: written aside, synchronised, renamed into place; a reader never sees half a file.
   *
   * @param examine looks at the whole file before it gets its name; what it throws is thrown, and nothing was stored
   * @returns how many bytes it was.
   * @throws LitfassError `media-hash` if the bytes are not what `sha256` says, `too-large` beyond `maxBytes`.
   */
  put(sha256: string, bytes: AsyncIterable<Uint8Array>, maxBytes: number, examine: (path: string) => Promise<void>): Promise<number>;
  /** Bytes `start` to `end`, both included. */
  read(sha256: string, start: number, end: number): ReadableStream<Uint8Array>;
}

/** Opens the folder, and clears what a crash left half written. */
export async function openMediaFiles(folder: string): Promise<MediaFiles> {
  await mkdir(folder, { recursive: true });
  for (const name of await readdir(folder)) if (name.startsWith(INCOMING)) await rm(join(folder, name), { force: true });

  return {
    async has(sha256) {
      try {
        return (await stat(join(folder, sha256))).isFile();
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
        throw error;
      }
    },

    path: (sha256) => join(folder, sha256),

    async put(sha256, bytes, maxBytes, examine) {
      const incoming = join(folder, `${INCOMING}${randomUUID()}`);
      try {
        const size = await writeSynced(incoming, bytes, sha256, maxBytes);
        await examine(incoming);
        await rename(incoming, join(folder, sha256));
        await syncFolder(folder);
        return size;
      } finally {
        await rm(incoming, { force: true });
      }
    },

    read(sha256, start, end) {
      return Readable.toWeb(createReadStream(join(folder, sha256), { start, end })) as ReadableStream<Uint8Array>;
    },
  };
}

async function writeSynced(path: string, bytes: AsyncIterable<Uint8Array>, sha256: string, maxBytes: number): Promise<number> {
  const file = await open(path, 'wx', 0o644);
  try {
    const hash = createHash('sha256');
    let size = 0;
    for await (const chunk of bytes) {
      size += chunk.byteLength;
      if (size > maxBytes) throw new LitfassError('too-large', `the file is larger than the ${maxBytes} bytes that a creative may have. Encode it smaller.`);
      hash.update(chunk);
      await file.writeFile(chunk);
    }
    const found = hash.digest('hex');
    if (found !== sha256) throw new LitfassError('media-hash', `the bytes have the SHA-256 ${found}, not ${sha256}; nothing was stored. Send the file again, under its own hash.`);
    await file.sync();
    return size;
  } finally {
    await file.close();
  }
}
