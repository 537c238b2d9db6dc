import type { Selectable } from 'kysely';
import type { HubDatabase, HubTables } from './schema.ts';

export type MediaRow = Selectable<HubTables['media']>;

export function findMedia(db: HubDatabase, sha256: string): Promise<MediaRow | undefined> {
  return db.selectFrom('media').selectAll().where('sha256', '=', sha256).executeTakeFirst();
}

/** The same bytes may be put again, also as another type: the newest word counts. */
export async function saveMedia(db: HubDatabase, media: MediaRow): Promise<void> {
  await db
    .insertInto('media')
    .values(media)
    .onConflict((conflict) => conflict.column('sha256').doUpdateSet({ bytes: media.bytes, media_type: media.media_type }))
    .execute();
}
