import type { ReconciliationResponse } from '../../../../src/contract/index.ts';

type Row = ReconciliationResponse['rows'][number];

/** A campaign with its creatives, and their sums. */
export interface Campaign {
  readonly name: string;
  readonly plays: number;
  readonly complete: number;
  readonly shownMs: number;
  readonly rows: readonly Row[];
}

/** Campaigns in the order in which they first occur. */
export function byCampaign(rows: readonly Row[]): Campaign[] {
  const sum = (of: readonly Row[], field: 'plays' | 'complete' | 'shownMs'): number => of.reduce((all, row) => all + row[field], 0);
  return [...Map.groupBy(rows, ({ campaign }) => campaign)].map(([name, own]) => ({ name, rows: own, plays: sum(own, 'plays'), complete: sum(own, 'complete'), shownMs: sum(own, 'shownMs') }));
}
