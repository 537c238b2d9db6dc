import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import {
  type AlarmsResponse,
  alarmsResponseSchema,
  type AuditLogsResponse,
  auditLogsResponseSchema,
  type AuditRecord,
  auditRecordSchema,
  type ReconciliationResponse,
  reconciliationResponseSchema,
} from '../../../src/contract/index.ts';
import { hubFetch } from '../live/hub-fetch.ts';

/** Where one row stands: screen, log, place in it. As text, for it comes from the address bar. */
export interface RecordPlace {
  readonly screen: string;
  readonly epoch: string;
  readonly seq: string;
}

export function recordPath({ screen, epoch, seq }: RecordPlace): string {
  return `/audit/${screen}/${epoch}/${seq}`;
}

export function recordApiPath({ screen, epoch, seq }: RecordPlace): string {
  return `/api/audit/records/${screen}/${epoch}/${seq}`;
}

export function useAuditLogs(): UseQueryResult<AuditLogsResponse> {
  return useQuery({ queryKey: ['audit', 'logs'], queryFn: () => hubFetch(auditLogsResponseSchema, '/api/audit/logs') });
}

export function useAuditRecord(place: RecordPlace): UseQueryResult<AuditRecord> {
  // Asked for again at every visit: what is checked is what the hub says now.
  return useQuery({ queryKey: ['audit', 'record', place], queryFn: () => hubFetch(auditRecordSchema, recordApiPath(place)), staleTime: 0 });
}

/** @param screen of one screen only; empty: of all. */
export function useAlarms(screen: string): UseQueryResult<AlarmsResponse> {
  const query = screen === '' ? '' : `?screen=${encodeURIComponent(screen)}`;
  return useQuery({ queryKey: ['audit', 'alarms', screen], queryFn: () => hubFetch(alarmsResponseSchema, `/api/audit/alarms${query}`) });
}

export function useReconciliation(fromMs: number, toMs: number): UseQueryResult<ReconciliationResponse> {
  return useQuery({
    queryKey: ['audit', 'reconciliation', fromMs, toMs],
    queryFn: () => hubFetch(reconciliationResponseSchema, `/api/audit/reconciliation?from=${String(fromMs)}&to=${String(toMs)}`),
  });
}
