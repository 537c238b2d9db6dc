import { BUNDLE_FORMAT, type BundleLog, type BundleRow, LitfassError } from '../../contract/index.ts';
import { formatVerifierKey, originOf, packBundle, parseCheckpoint, parseNote, subtreeHashesOf } from '../../impressions/index.ts';
import { type LogState, listLogs } from '../repositories/impression-log.ts';
import { readRows, type RowRange, rowsInTime } from '../repositories/log-rows.ts';
import { readTiles } from '../repositories/log-tree.ts';
import type { HubDatabase } from '../repositories/schema.ts';
import { findScreen } from '../repositories/screens.ts';
import { type AuditKeys, coveringCheckpoint, screenLogKey } from './audit-records.ts';

/** A bundle is made and verified in memory. */
const MOST_ROWS = 100_000;

/**
 * Everything that proves what a screen logged in a time, as the pieces of a ZIP.
 *
 * @throws LitfassError `unknown-screen`, `too-many-rows`, `not-witnessed`
 */
export async function exportBundle(db: HubDatabase, keys: AuditKeys, asked: { screenId: string; fromMs: number; toMs: number }, exportedMs: number): Promise<Buffer[]> {
  const screen = await findScreen(db, asked.screenId);
  if (screen === undefined) throw new LitfassError('unknown-screen', `there is no screen "${asked.screenId}" at this hub.`);
  const found: { state: LogState; range: RowRange }[] = [];
  for (const state of await listLogs(db, screen.id)) {
    const range = await rowsInTime(db, { screenId: screen.id, epoch: state.epoch }, asked.fromMs, asked.toMs);
    if (range !== null) found.push({ state, range });
  }
  const count = found.reduce((sum, { range }) => sum + range.to - range.from, 0);
  if (count > MOST_ROWS) throw new LitfassError('too-many-rows', `screen "${screen.id}" has ${String(count)} rows in that time; a bundle holds ${String(MOST_ROWS)}. Ask for a shorter time.`);

  const rows = new Map<string, BundleRow[]>();
  const logs: BundleLog[] = [];
  for (const { state, range } of found) {
    const stored = await readRows(db, { screenId: screen.id, epoch: state.epoch }, range);
    rows.set(state.epoch, stored.map(({ seq, leaf, hash, received_ms }) => ({ seq, leaf, hash, receivedMs: received_ms })));
    logs.push(await describeLog(db, state, range));
  }
  const witnesses = [keys.witness.keyText, ...(keys.second === null ? [] : [formatVerifierKey(keys.second.key)])];
  const logKeys = logs.map(({ epoch }) => formatVerifierKey(screenLogKey({ screenId: screen.id, epoch }, screen.public_key)));
  return packBundle({ format: BUNDLE_FORMAT, ...asked, screenName: screen.name, exportedMs, keys: { logs: logKeys, witnesses }, logs }, rows);
}

async function describeLog(db: HubDatabase, state: LogState, { from, to }: RowRange): Promise<BundleLog> {
  const log = { screenId: state.screen_id, epoch: state.epoch };
  const checkpoint = coveringCheckpoint(state, to);
  if (checkpoint === null) throw new LitfassError('not-witnessed', `rows of screen "${log.screenId}" were stored before there were checkpoints; they are proven with the screen's next upload.`);
  const { size } = parseCheckpoint(parseNote(checkpoint).text);
  const [before, behind] = [{ begin: 0, end: from }, { begin: to, end: size }];
  const tiles = await readTiles(db, log, [before, behind]);
  const hashes = (range: typeof before) => subtreeHashesOf(range, tiles).map((hash) => hash.toString('base64'));
  return { epoch: state.epoch, origin: originOf(log.screenId, log.epoch), from, to, checkpoint, left: hashes(before), right: hashes(behind) };
}
