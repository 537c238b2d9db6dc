import type { TableMetric } from '../../../src/contract/index.ts';

export const METRIC_WORDS: Readonly<Record<TableMetric, string>> = {
  opportunity: 'Opportunities to see',
  'age-band': 'Age',
  gender: 'Gender',
  dwell: 'Dwell time',
  attention: 'Attention',
  smiling: 'Smiling',
  'zone-looking': 'Looking at shelves',
  'zone-reach': 'Reaching into shelves',
  'floor-stay': 'Time on the floor',
  'floor-steps': 'Ways on the floor',
};

const CELL_WORDS: Readonly<Record<string, string>> = { all: 'All', unknown: 'Unknown', female: 'Women', male: 'Men' };

/** `25–34`, `Unknown`, a shelf's id as its installer wrote it. */
export function cellWords(cell: string): string {
  return CELL_WORDS[cell] ?? (/^\d+-\d+$/.test(cell) ? cell.replace('-', '–') : cell);
}
