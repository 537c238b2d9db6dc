import { type KeyObject, sign } from 'node:crypto';
import { canonicalJson, describeIssues, LitfassError, type ProgrammeDraft, programmeSchema, type Published, type SignedProgramme } from '../../contract/index.ts';
import { renameCreatives } from '../repositories/creatives.ts';
import { inTransaction } from '../repositories/database.ts';
import { insertProgramme, newestProgramme, type ProgrammeRow } from '../repositories/programmes.ts';
import type { HubDatabase } from '../repositories/schema.ts';
import { sha256Hex } from './digest.ts';
import type { MediaLibrary } from './media-library.ts';
import { createSignal, type Signal } from './signal.ts';
import { withSlotMates } from './slot-mates.ts';

/** Gives programmes their version and signature. What was published stays until something better is. */
export interface Publisher {
  readonly published: Signal;
  /** 0 before the first programme. */
  currentVersion(): number;
  current(): SignedProgramme | undefined;
  /**
   * Publishes a draft whose media are in the library. A draft that says the same as the newest programme changes nothing, so
   * publishing again and again is harmless.
   *
   * @throws LitfassError `programme-invalid`, `media-missing`
   */
  publish(draft: ProgrammeDraft): Promise<Published>;
}

export async function openPublisher(db: HubDatabase, library: MediaLibrary, signingKey: KeyObject, clock: () => number): Promise<Publisher> {
  const published = createSignal();
  let newest = await newestProgramme(db);

  return {
    published,
    currentVersion: () => newest?.version ?? 0,
    current: () => newest && { programme: newest.programme, signature: newest.signature },
    async publish(draft) {
      await checkMedia(library, draft);
      const { row, changed } = await inTransaction(db, (transaction) => insertIfNew(transaction, draft, signingKey, clock()));
      newest = row;
      if (changed) published.emit();
      return { version: row.version, changed };
    },
  };
}

async function insertIfNew(db: HubDatabase, draft: ProgrammeDraft, signingKey: KeyObject, nowMs: number): Promise<{ row: ProgrammeRow; changed: boolean }> {
  const contentSha256 = sha256Hex(canonicalJson(draft));
  const newest = await newestProgramme(db);
  if (newest?.content_sha256 === contentSha256) return { row: newest, changed: false };

  const version = (newest?.version ?? 0) + 1;
  const programme = programmeSchema.safeParse({ ...draft, ...(draft.slots === undefined ? {} : { slots: await withSlotMates(db, draft.slots) }), version, issuedMs: nowMs });
  if (!programme.success) throw new LitfassError('programme-invalid', `the programme "${draft.name}" cannot be published: ${describeIssues(programme.error)}.`);
  const text = canonicalJson(programme.data);
  const row: ProgrammeRow = {
    version,
    content_sha256: contentSha256,
    issued_ms: nowMs,
    programme: text,
    signature: sign(null, Buffer.from(text), signingKey).toString('base64'),
  };
  await insertProgramme(db, row);
  await renameCreatives(db, draft.creatives);
  return { row, changed: true };
}

async function checkMedia(library: MediaLibrary, draft: ProgrammeDraft): Promise<void> {
  for (const [index, creative] of draft.creatives.entries()) {
    const where = `creatives.${String(index)} ("${creative.id}")`;
    const media = await library.find(creative.sha256);
    if (media === undefined) throw new LitfassError('media-missing', `${where} shows ${creative.sha256}, which is not at this hub. Put the file to /api/media/${creative.sha256} first.`);
    if (media.bytes !== creative.bytes) throw new LitfassError('programme-invalid', `${where} says ${String(creative.bytes)} bytes, but its file has ${String(media.bytes)}.`);
    if (media.media_type !== creative.mediaType) throw new LitfassError('programme-invalid', `${where} says ${creative.mediaType}, but its file was stored as ${media.media_type}.`);
  }
}
