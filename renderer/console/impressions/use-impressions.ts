import { keepPreviousData, type InfiniteData, useInfiniteQuery, type UseInfiniteQueryResult, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { type ImpressionsResponse, impressionsResponseSchema } from '../../../src/contract/index.ts';
import { useFleet } from '../live/fleet-context.tsx';
import { hubFetch } from '../live/hub-fetch.ts';
import { apiPath, type ImpressionFilter } from './impression-filter.ts';

/** Scrolled this little, the viewer watches the newest rows and wants to see new ones. */
const AT_TOP_PX = 120;

export type Impressions = UseInfiniteQueryResult<InfiniteData<ImpressionsResponse>> & {
  /** New plays came while the viewer reads further down. */
  readonly hasNewer: boolean;
  readonly showNewer: () => void;
};

/** Pages of impressions, newest first. New ones come in by themselves while the viewer is at the top, and else wait to be asked for. */
export function useImpressions(filter: ImpressionFilter): Impressions {
  const queries = useQueryClient();
  const query = useInfiniteQuery({
    queryKey: ['impressions', filter],
    queryFn: ({ pageParam }) => hubFetch(impressionsResponseSchema, apiPath(filter, pageParam)),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextBefore,
    placeholderData: keepPreviousData,
  });

  const [hasNewer, setHasNewer] = useState(false);
  const plays = useFleet().screens?.reduce((sum, screen) => sum + screen.plays.total, 0);
  const lastPlays = useRef(plays);
  const pageCount = query.data?.pages.length ?? 0;
  useEffect(() => {
    const isFirst = lastPlays.current === undefined;
    if (plays === lastPlays.current) return;
    lastPlays.current = plays;
    if (isFirst) return;
    if (pageCount <= 1 && window.scrollY < AT_TOP_PX) void queries.invalidateQueries({ queryKey: ['impressions'] });
    else setHasNewer(true);
  }, [plays, pageCount, queries]);

  function showNewer(): void {
    setHasNewer(false);
    window.scrollTo({ top: 0 });
    void queries.resetQueries({ queryKey: ['impressions'] });
  }

  return { ...query, hasNewer, showNewer };
}
