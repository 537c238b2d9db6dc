import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { AuditRecord } from '../../../../src/contract/index.ts';
import type { RecordPlace } from '../audit-queries.ts';
import type { Believed } from '../keys/believed-keys.ts';
import { browserSupport, parseVerifierKey, type RecordReport, verifyRecord } from '../verify/index.ts';

/** `unable`: this browser cannot check it, and why. Never the same as a pass, and never the same as a fail. */
export type Verification = { readonly kind: 'checked'; readonly report: RecordReport } | { readonly kind: 'unable'; readonly why: string };

/**
 * Checks a record in this browser, with the keys that are believed. What is checked is the row of the address: a hub that
 * answers with another one does not get away with it.
 */
export function useVerification(place: RecordPlace, record: AuditRecord | undefined, believed: Believed | null): UseQueryResult<Verification> {
  return useQuery({
    queryKey: ['audit', 'verification', place, record, believed],
    enabled: record !== undefined && believed !== null,
    staleTime: Infinity,
    gcTime: 0,
    retry: false,
    queryFn: async (): Promise<Verification> => {
      if (record === undefined || believed === null) throw new TypeError('nothing to verify yet');
      const why = await browserSupport();
      if (why !== null) return { kind: 'unable', why };
      if (believed.screen === null) return { kind: 'unable', why: 'No key of this log is known: the hub names none and none is pinned. Pin the screen’s key.' };
      const keys = { screen: await parseVerifierKey(believed.screen.key), witnesses: await Promise.all(believed.witnesses.map(({ key }) => parseVerifierKey(key))) };
      const asked = { ...record, screenId: place.screen, epoch: place.epoch, seq: Number(place.seq) };
      return { kind: 'checked', report: await verifyRecord(asked, keys, () => performance.now()) };
    },
  });
}
