import { LitfassError, type LogRow } from '../contract/index.ts';
import { PRUNED, type ImpressionLog } from '../impressions/index.ts';

const MAX_ROWS = 500;
const MAX_BYTES = 1_000_000;

/**
 * The oldest rows from `from` on that fit into one request: at most 500, and at most a megabyte of JSON, but always one.
 *
 * @throws LitfassError `rows-pruned` when the hub wants rows again that were given up here
 */
export function nextBatch(log: ImpressionLog, from: number): LogRow[] {
  const batch: LogRow[] = [];
  let bytes = 0;
  for (const row of log.rows(from, MAX_ROWS)) {
    if (row.leaf === PRUNED) {
      throw new LitfassError('rows-pruned', `The hub asks again for row ${row.seq} of log ${log.epoch}, which it cosigned and which was given up here since: the hub lost rows. Restore the hub's newest backup; this screen plays on, and sends again when it is started anew.`);
    }
    bytes += Buffer.byteLength(JSON.stringify(row)) + 1;
    if (batch.length > 0 && bytes > MAX_BYTES) break;
    batch.push(row);
  }
  return batch;
}
