import type { LogRow } from '../contract/index.ts';
import type { ImpressionLog } from '../impressions/index.ts';

const MAX_ROWS = 500;
const MAX_BYTES = 1_000_000;

/** The oldest rows from `from` on that fit into one request: at most 500, and at most a megabyte of JSON, but always one. */
export function nextBatch(log: ImpressionLog, from: number): LogRow[] {
  const batch: LogRow[] = [];
  let bytes = 0;
  for (const row of log.rows(from, MAX_ROWS)) {
    bytes += Buffer.byteLength(JSON.stringify(row)) + 1;
    if (batch.length > 0 && bytes > MAX_BYTES) break;
    batch.push(row);
  }
  return batch;
}
