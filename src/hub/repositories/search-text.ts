import { type RawBuilder, sql, type SqlBool } from 'kysely';

/** The folded form in which text is stored for searching, and in which a search is put: `Größe` is found by `größe`. */
export function searchText(text: string): string {
  return text.normalize('NFC').toLowerCase();
}

/** `column` holds `word` literally: `%` and `_` are what the person typed, not wildcards. */
export function containing(column: string, word: string): RawBuilder<SqlBool> {
  const pattern = `%${word.replaceAll(/[\\%_]/g, (character) => `\\${character}`)}%`;
  return sql<SqlBool>`${sql.ref(column)} like ${pattern} escape '\\'`;
}
