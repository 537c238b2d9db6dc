import type Database from 'better-sqlite3';

/**
 * The plays that are on screen now, one for each zone, in a table of at most one row: one line each, as the leaves that they
 * become if the player dies. All three belong inside a transaction.
 */
export function openPlayTable(database: Database.Database) {
  const select = database.prepare<[], string>('SELECT play FROM open_play').pluck();
  const replace = database.prepare<[string]>('INSERT INTO open_play (only, play) VALUES (1, ?) ON CONFLICT (only) DO UPDATE SET play = excluded.play');
  const remove = database.prepare<[]>('DELETE FROM open_play');
  return {
    read: (): readonly string[] => select.get()?.split('\n') ?? [],
    put: (texts: readonly string[]): void => void replace.run(texts.join('\n')),
    clear: (): void => void remove.run(),
  };
}
