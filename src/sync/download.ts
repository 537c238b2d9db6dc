import { open, rm, stat, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { LitfassError } from '../contract/index.ts';
import { storageFault } from '../impressions/index.ts';
import { renameDurably } from './durable-file.ts';
import { hashFile } from './hash-file.ts';
import type { HubClient } from './hub-client.ts';
import type { HubAnswer } from './hub-connection.ts';
import { badHubAnswer } from './hub-errors.ts';
import type { MediaStore } from './media-store.ts';

/** Media must not take the last of the disk: the log lives on the same one, and cannot be fetched again. */
const RESERVE_BYTES = 64 * 1024 * 1024;

export interface MediaFile {
  readonly sha256: string;
  readonly bytes: number;
}

/**
 * Fetches one media file into the store, going on where an earlier attempt broke off. The file gets its name only when it
 * is complete, synced, and its hash is right.
 *
 * @throws LitfassError `media-hash` when the bytes are not those of the programme (they are removed), `hub-answer` when there
 *   are too many, `hub-offline` when the hub broke off (the part is kept), and the storage errors of the data folder.
 */
export async function downloadMedia(hub: HubClient, store: MediaStore, { sha256, bytes }: MediaFile, signal: AbortSignal): Promise<void> {
  const path = store.path(sha256);
  const part = `${path}.part`;
  try {
    let have = await sizeOf(part);
    if (have > bytes) {
      await rm(part);
      have = 0;
    }
    await requireSpace(dirname(path), bytes - have);
    if (have < bytes) await fetchRest(hub, part, { sha256, bytes }, have, signal);
    const found = await hashFile(part);
    if (found !== sha256) {
      await rm(part);
      throw new LitfassError('media-hash', `The hub's file ${sha256} has the hash ${found}. It was removed; upload that creative to the hub again.`);
    }
    await renameDurably(part, path);
  } catch (error) {
    const fault = storageFault(error, part);
    // What was fetched can be fetched again; the space may be all that the log has.
    if (fault instanceof LitfassError && fault.code === 'data-folder-full') await rm(part, { force: true });
    throw fault;
  }
}

async function fetchRest(hub: HubClient, part: string, { sha256, bytes }: MediaFile, have: number, signal: AbortSignal): Promise<void> {
  const answer = await hub.media(sha256, have, signal);
  const from = startOf(answer, have, bytes);
  if (from === null) {
    await answer.discard();
    await rm(part, { force: true });
    throw badHubAnswer(`GET /v1/media/${sha256}`, `${answer.status} with Content-Range "${answer.headers.get('content-range') ?? ''}" for the bytes from ${have} on of ${bytes}; the download starts over`);
  }
  const file = await open(part, from === 0 ? 'w' : 'a', 0o600).catch(async (error: unknown) => {
    await answer.discard();
    throw error;
  });
  try {
    let at = from;
    for await (const chunk of answer.chunks()) {
      at += chunk.byteLength;
      if (at > bytes) {
        await rm(part);
        throw badHubAnswer(`GET /v1/media/${sha256}`, `more than the ${bytes} bytes that the programme announced`);
      }
      await file.writeFile(chunk);
    }
    await file.sync();
    if (at < bytes) throw new LitfassError('hub-offline', `The download of ${sha256} broke off after ${at} of ${bytes} bytes. It goes on from there by itself.`);
  } finally {
    await file.close();
  }
}

/** The byte that the answer begins with; `null` when it does not fit what is here. A 200 is always the whole file. */
function startOf(answer: HubAnswer, have: number, bytes: number): number | null {
  if (answer.status === 200) return 0;
  const fits = answer.headers.get('content-range') === `bytes ${have}-${bytes - 1}/${bytes}`;
  return answer.status === 206 && fits ? have : null;
}

async function requireSpace(folder: string, bytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  const freeBytes = bavail * bsize;
  if (freeBytes < bytes + RESERVE_BYTES) {
    throw new LitfassError('data-folder-full', `A creative of ${bytes} more bytes does not fit: ${folder} has ${freeBytes} free, of which ${RESERVE_BYTES} are kept for the log. Free space on that disk, or publish a smaller programme.`);
  }
}

async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 0;
    throw error;
  }
}
