import type { LogRow } from '../../src/contract/index.ts';

/** Rows as a screen sends them, before it signs for them. */
export interface Batch {
  readonly epoch: string;
  readonly from: number;
  readonly rows: LogRow[];
}
