import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { canonicalJson, leafSchema, tableMetricSchema } from '../../src/contract/index.ts';
import { leafHashHex } from '../../src/impressions/index.ts';
import { cellsOf } from '../../src/statistics/index.ts';

const document = await readFile(new URL('../../docs/leaf-format.md', import.meta.url), 'utf8');

describe('docs/leaf-format.md', () => {
  it('shows a table leaf in the canonical form that is hashed, with its hash', () => {
    const [, text = ''] = /```json\n(.*)\n```/.exec(document) ?? [];
    const [, hash] = /Its hash:\n\n```\n([0-9a-f]{64})\n```/.exec(document) ?? [];
    const leaf = leafSchema.parse(JSON.parse(text));
    expect(leaf.type).toBe('release-table');
    expect(canonicalJson(leaf)).toBe(text);
    expect(leafHashHex(text)).toBe(hash);
  });

  it('names every kind of cell that a table can have', () => {
    const row = document.split('\n').find((line) => line.startsWith('| `cells`')) ?? '';
    const site = { shelves: [], floor: { columns: 1, rows: 1 } };
    const kinds = new Set(tableMetricSchema.options.flatMap((metric) => cellsOf(metric, site)).map((cell) => cell.replace(/^c\d+r\d+/, '')));
    for (const kind of kinds) if (!/^(25|35|45|55)-|^$/.test(kind)) expect(row).toContain(`\`${kind}\``);
  });
});
