import type { ReleaseTable, TableMetric } from '../contract/index.ts';
import { parseLeaf } from './leaf-text.ts';

/** End of the newest released window by table. It outlives the leaves that were given up under the retention policy. */
export type TableEnds = Partial<Record<TableMetric, number>>;

/** The ledger with one more released table. */
export function withTable(ends: TableEnds | null, leaf: string): TableEnds {
  const { metric, windowStartMs, windowMs } = parseLeaf(leaf) as ReleaseTable;
  return { ...ends, [metric]: Math.max(ends?.[metric] ?? 0, windowStartMs + windowMs) };
}
