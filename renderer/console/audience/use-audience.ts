import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { type AudienceReport, audienceReportSchema } from '../../../src/contract/index.ts';
import { hubFetch } from '../live/hub-fetch.ts';

const REFRESH_MS = 10_000;

/** What a screen released of its audience in the last `minutes`. */
export function useAudience(screen: string, minutes: number): UseQueryResult<AudienceReport> {
  return useQuery({
    queryKey: ['audience', screen, minutes],
    queryFn: () => hubFetch(audienceReportSchema, `/api/screens/${screen}/audience?minutes=${String(minutes)}`),
    refetchInterval: REFRESH_MS,
    placeholderData: (before) => (before?.screenId === screen ? before : undefined),
  });
}
