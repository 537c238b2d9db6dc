import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { inTransaction, openDatabase } from '../../src/hub/repositories/database.ts';
import { explainStorageError } from '../../src/hub/repositories/storage-error.ts';

it('says that the disk is full when it fills up in the middle of a transaction, and goes on when there is space', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'litfass-full-'));
  const db = await openDatabase(dir);
  const { page_count: pages } = (await sql<{ page_count: number }>`pragma page_count`.execute(db)).rows[0]!;
  const store = (id: string): Promise<unknown> =>
    inTransaction(db, (transaction) => transaction.insertInto('creative').values({ id, name: 'x'.repeat(200_000), campaign: 'c' }).execute()).catch((error: unknown) => {
      throw explainStorageError(error, dir);
    });
  try {
    await sql`pragma max_page_count = ${sql.lit(pages)}`.execute(db);
    await expect(store('a')).rejects.toMatchObject({ code: 'storage-full', message: expect.stringContaining('nothing was stored') as unknown });
    await sql`pragma max_page_count = ${sql.lit(pages + 1_000)}`.execute(db);
    await store('a');
    expect((await db.selectFrom('creative').select('id').execute()).map(({ id }) => id)).toEqual(['a']);
  } finally {
    await db.destroy();
    await rm(dir, { recursive: true });
  }
});
