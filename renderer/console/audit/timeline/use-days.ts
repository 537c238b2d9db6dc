import { useQueries, type UseQueryResult } from '@tanstack/react-query';
import { type TimelineResponse, timelineResponseSchema } from '../../../../src/contract/index.ts';
import { hubFetch } from '../../live/hub-fetch.ts';
import type { Day } from './days.ts';

/** One question for each day: the newest is there at once, and a day that is over is asked for once. */
export function useDays(screen: string, days: readonly Day[]): UseQueryResult<TimelineResponse>[] {
  return useQueries({
    queries: days.map(({ fromMs, toMs }) => ({
      queryKey: ['audit', 'timeline', screen, fromMs, toMs],
      queryFn: () => hubFetch(timelineResponseSchema, `/api/audit/timeline/${encodeURIComponent(screen)}?from=${String(fromMs)}&to=${String(toMs)}`),
    })),
  });
}
