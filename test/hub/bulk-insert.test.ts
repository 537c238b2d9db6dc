import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it, onTestFinished } from 'vitest';
import { bulkInsert } from '../../src/hub/repositories/bulk-insert.ts';
import { inTransaction, openDatabase } from '../../src/hub/repositories/database.ts';
import type { HubDatabase, HubTables } from '../../src/hub/repositories/schema.ts';

type Creative = HubTables['creative'];

const creative = (number: number): Creative => ({ id: `c${String(number)}`, name: `Creative ${String(number)}`, campaign: number % 2 === 0 ? 'even' : 'odd' });
const insertOnce = bulkInsert((db, creatives: readonly Creative[]) => db.insertInto('creative').values(creatives).onConflict((conflict) => conflict.column('id').doNothing()).returning('id'));

async function openNew(): Promise<HubDatabase> {
  const dir = mkdtempSync(join(tmpdir(), 'litfass-bulk-'));
  const db = await openDatabase(dir);
  onTestFinished(async () => {
    await db.destroy();
    rmSync(dir, { recursive: true });
  });
  return db;
}

it('however many rows there are, each is stored once with its own values, and those that were there are not returned', async () => {
  const db = await openNew();
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: 340 }), fc.integer({ min: 0, max: 340 }), async (before, count) => {
      await db.deleteFrom('creative').execute();
      const all = Array.from({ length: Math.max(before, count) }, (_, number) => creative(number));
      await insertOnce(db, all.slice(0, before));
      const returned = await inTransaction(db, (transaction) => insertOnce(transaction, all.slice(0, count)));
      expect(returned.map(({ id }) => id)).toEqual(all.slice(before, count).map(({ id }) => id));
      const stored = await db.selectFrom('creative').selectAll().execute();
      expect(new Map(stored.map((row) => [row.id, row]))).toEqual(new Map(all.map((row) => [row.id, row])));
    }),
    { numRuns: 30 },
  );
});

it('is taken back with its transaction, also when a later piece is refused', async () => {
  const db = await openNew();
  const insert = bulkInsert((into, creatives: readonly Creative[]) => into.insertInto('creative').values(creatives));
  const rows = [...Array.from({ length: 105 }, (_, number) => creative(number)), creative(7)];
  await expect(inTransaction(db, (transaction) => insert(transaction, rows))).rejects.toThrow('UNIQUE');
  expect(await db.selectFrom('creative').selectAll().execute()).toEqual([]);
});

it('refuses a query that would take the values in another order than the rows give them', async () => {
  const db = await openNew();
  const swapped = bulkInsert((into, creatives: readonly Creative[]) => into.insertInto('creative').values(creatives.map(({ id, name, campaign }) => ({ id, campaign, name }))));
  await expect(swapped(db, [creative(1)])).rejects.toThrow('other values');
});
