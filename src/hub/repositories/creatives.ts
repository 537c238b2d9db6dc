import type { HubDatabase } from './schema.ts';

export interface CreativeName {
  readonly id: string;
  readonly name: string;
  readonly campaign: string;
}

/** A published programme has the last word on what a creative is called. */
export async function renameCreatives(db: HubDatabase, creatives: readonly CreativeName[]): Promise<void> {
  for (const { id, name, campaign } of creatives) {
    await db
      .insertInto('creative')
      .values({ id, name, campaign })
      .onConflict((conflict) => conflict.column('id').doUpdateSet({ name, campaign }))
      .execute();
  }
}

/** A play may name a creative of a programme that this hub never published; it can be searched for all the same. */
export async function rememberCreatives(db: HubDatabase, creatives: readonly CreativeName[]): Promise<void> {
  if (creatives.length === 0) return;
  await db
    .insertInto('creative')
    .values(creatives.map(({ id, name, campaign }) => ({ id, name, campaign })))
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute();
}

export function listCreatives(db: HubDatabase): Promise<CreativeName[]> {
  return db.selectFrom('creative').select(['id', 'name', 'campaign']).orderBy('name').orderBy('id').execute();
}
