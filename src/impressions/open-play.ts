import type Database from 'better-sqlite3';

/**
 * The play that is on screen now, in a table of at most one row. It stands there as the leaf it becomes if the player dies.
 * All three belong inside a transaction.
 */
export function openPlayTable(database: Database.Database) {
  const select = database.prepare<[], string>('SELECT play FROM open_play').pluck();
  const replace = database.prepare<[string]>('INSERT INTO open_play (only, play) VALUES (1, ?) ON CONFLICT (only) DO UPDATE SET play = excluded.play');
  const remove = database.prepare<[]>('DELETE FROM open_play');
  return {
    read: (): string | null => select.get() ?? null,
    put: (text: string): void => void replace.run(text),
    clear: (): void => void remove.run(),
  };
}
