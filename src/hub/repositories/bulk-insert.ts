import type { Compilable, CompiledQuery } from 'kysely';
import type { HubDatabase } from './schema.ts';

/** Rows in one statement, the most first: PostgreSQL takes 65 535 values in one, SQLite 32 766. */
const SIZES = [100, 10, 1] as const;

/**
 * Many rows by queries that are compiled once, each for so many rows, and used again with other values: to build and write out a
 * query of thousands of values takes longer than to run it. What runs is what Kysely wrote for the dialect of `db`.
 *
 * @param query of rows that all have the same columns, none of them undefined
 * @returns inserts rows in their order, and gives what the query returns of them
 */
export function bulkInsert<Row extends object, Returned>(query: (db: HubDatabase, rows: readonly Row[]) => Compilable<Returned>): (db: HubDatabase, rows: readonly Row[]) => Promise<Returned[]> {
  // The adapter is the dialect's, one for a database and all its transactions.
  const compiled = new WeakMap<object, Map<number, CompiledQuery<Returned>>>();

  function queryFor(db: HubDatabase, rows: readonly Row[]): CompiledQuery<Returned> {
    const { adapter } = db.getExecutor();
    const known = compiled.get(adapter) ?? new Map<number, CompiledQuery<Returned>>();
    compiled.set(adapter, known);
    const found = known.get(rows.length);
    if (found !== undefined) return found;
    const made = query(db, rows).compile();
    const values = valuesOf(rows);
    if (made.parameters.length !== values.length || made.parameters.some((value, place) => value !== values[place])) throw new Error(`the query takes other values than those of its rows, one after the other: ${made.sql.slice(0, 200)}`);
    known.set(rows.length, made);
    return made;
  }

  return async (db, rows) => {
    const returned: Returned[] = [];
    for (let from = 0; from < rows.length; ) {
      const size = SIZES.find((each) => each <= rows.length - from) ?? 1;
      const some = rows.slice(from, from + size);
      const filled: CompiledQuery<Returned> = { ...queryFor(db, some), parameters: valuesOf(some) };
      const { rows: more } = await db.executeQuery(filled);
      returned.push(...more);
      from += size;
    }
    return returned;
  };
}

function valuesOf(rows: readonly object[]): unknown[] {
  const values: unknown[] = [];
  for (const row of rows) values.push(...(Object.values(row) as unknown[]));
  return values;
}
