import type { ReactNode } from 'react';
import { useLocation, useSearch } from 'wouter';
import type { ImpressionView } from '../../../src/contract/index.ts';
import { Notice } from '../ui/notice.tsx';
import { FilterBar } from './filter-bar.tsx';
import { filterPath, type ImpressionFilter, isNarrowed, readFilter } from './impression-filter.ts';
import { LoadMore } from './load-more.tsx';
import { useImpressions } from './use-impressions.ts';

const EVERYTHING: ImpressionFilter = { search: '', screen: '', creative: '', reason: '', end: '', fromDay: '', toDay: '' };

export interface ImpressionSearchParts {
  /** The address of the page that searches; the filter stands behind it. */
  readonly page: string;
  /** `total` is unknown until the first answer. */
  readonly head: (total: number | undefined) => ReactNode;
  readonly beside?: (filter: ImpressionFilter) => ReactNode;
  readonly table: (rows: readonly ImpressionView[]) => ReactNode;
}

/** The search for plays with what belongs to it: filter, newer ones, empty and broken answers, more of them. */
export function ImpressionSearch({ page, head, beside, table }: ImpressionSearchParts) {
  const filter = readFilter(useSearch());
  const [, navigate] = useLocation();
  const impressions = useImpressions(filter);
  const change = (changed: Partial<ImpressionFilter>): void => navigate(filterPath(page, { ...filter, ...changed }), { replace: true });
  const clear = (): void => change(EVERYTHING);

  const rows = impressions.data?.pages.flatMap((answer) => answer.rows) ?? [];
  const total = impressions.data?.pages[0]?.total;
  return (
    <div className="page page-wide">
      {head(total)}
      <FilterBar filter={filter} onChange={change} onClear={isNarrowed(filter) ? clear : null} />
      {beside?.(filter)}
      {impressions.hasNewer && (
        <button className="button newer" type="button" onClick={impressions.showNewer}>
          Show newer impressions
        </button>
      )}
      {impressions.isError && (
        <Notice tone="bad" title="The impressions could not be read">
          <p>{impressions.error.message}</p>
          <button className="button" type="button" onClick={() => void impressions.refetch()}>
            Try again
          </button>
        </Notice>
      )}
      {impressions.isPending && <div className="table-skeleton skeleton" aria-busy="true" />}
      {impressions.isSuccess && rows.length === 0 && <Empty narrowed={isNarrowed(filter)} onClear={clear} />}
      {rows.length > 0 && (
        <div className={impressions.isPlaceholderData ? 'results results-stale' : 'results'}>
          {table(rows)}
          <LoadMore more={impressions.hasNextPage} loading={impressions.isFetchingNextPage} onMore={() => void impressions.fetchNextPage()} shown={rows.length} total={total ?? rows.length} />
        </div>
      )}
    </div>
  );
}

function Empty({ narrowed, onClear }: { narrowed: boolean; onClear: () => void }) {
  if (!narrowed) {
    return (
      <Notice tone="plain" title="Nothing was shown yet">
        <p>As soon as a screen has finished its first play, it stands here.</p>
      </Notice>
    );
  }
  return (
    <Notice tone="plain" title="No impression fits">
      <p>Every word of the search must occur in the creative, its campaign or the screen, and all filters must hold.</p>
      <button className="button" type="button" onClick={onClear}>
        Show everything
      </button>
    </Notice>
  );
}
