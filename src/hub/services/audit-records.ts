import { type AuditLogsResponse, type AuditRecord, type CheckpointSigner, LitfassError } from '../../contract/index.ts';
import { formatTlogProof, formatVerifierKey, hashesOf, inclusionPath, logKey, originOf, parseCheckpoint, parseNote, type VerifierKey, verifyNote } from '../../impressions/index.ts';
import { listAlarms } from '../repositories/alarms.ts';
import { findLog, listLogs, type LogKey, type LogState } from '../repositories/impression-log.ts';
import { readRows, receivedTimes, type StoredRow } from '../repositories/log-rows.ts';
import { readTiles } from '../repositories/log-tree.ts';
import type { HubDatabase } from '../repositories/schema.ts';
import { findScreen, listScreens } from '../repositories/screens.ts';
import { readLeaf } from './read-leaf.ts';
import type { SecondWitness } from './second-witness.ts';
import type { Witness } from './witness.ts';

/** Whose signatures this hub can name. */
export interface AuditKeys {
  readonly witness: Witness;
  readonly second: SecondWitness | null;
}

export async function auditLogs(db: HubDatabase, { witness, second }: AuditKeys): Promise<AuditLogsResponse> {
  const screens = new Map((await listScreens(db)).map((screen) => [screen.id, screen]));
  const alarms = await listAlarms(db);
  const logs = await Promise.all(
    (await listLogs(db)).map(async (log) => {
      const screen = screens.get(log.screen_id);
      const key = { screenId: log.screen_id, epoch: log.epoch };
      const { firstMs, lastMs } = await receivedTimes(db, key, log.next_seq);
      return {
        ...key,
        screenName: screen?.name ?? log.screen_id,
        origin: originOf(log.screen_id, log.epoch),
        logKey: formatVerifierKey(screenLogKey(key, screen?.public_key ?? '')),
        rows: log.next_seq,
        witnessedRows: log.checkpoint === null ? 0 : sizeOf(log.checkpoint),
        secondWitnessRows: second === null ? null : log.second_size,
        firstReceivedMs: firstMs,
        lastReceivedMs: lastMs,
        alarms: alarms.filter((alarm) => alarm.screen_id === log.screen_id && alarm.epoch === log.epoch).length,
      };
    }),
  );
  const witnesses = [{ name: witness.key.name, role: 'hub' as const, key: witness.keyText, url: null }, ...(second === null ? [] : [{ name: second.key.name, role: 'witness' as const, key: formatVerifierKey(second.key), url: second.url }])];
  return { witnesses, logs };
}

/** One row with what proves it. @throws LitfassError `unknown-impression` */
export async function auditRecord(db: HubDatabase, keys: AuditKeys, log: LogKey, seq: number): Promise<AuditRecord> {
  const { row, state } = await findRow(db, log, seq);
  const leaf = readLeaf(row.leaf, log.screenId);
  const play = 'leaf' in leaf && leaf.leaf.type === 'play' && leaf.leaf.v !== 1 ? leaf.leaf : null;
  const head = { seq, leaf: row.leaf, hash: row.hash, ...log, receivedMs: row.received_ms, flag: row.flag, hubClock: play?.hubClock ?? null, correctedMs: play?.hubClock ? Math.max(0, play.wallMs - play.hubClock.offsetMs) : null };
  const note = coveringCheckpoint(state, seq + 1);
  if (note === null) return { ...head, proof: null };
  const screen = await findScreen(db, log.screenId);
  const { size, root } = parseCheckpoint(parseNote(note).text);
  const hashes = await inclusionProof(db, log, seq, size);
  const proof = { index: seq, size, hashes: hashes.map((hash) => hash.toString('base64')), root: root.toString('hex'), checkpoint: note, signers: signersOf(note, screenLogKey(log, screen?.public_key ?? ''), keys) };
  return { ...head, proof };
}

/** One row as a C2SP `.tlog-proof`. @throws LitfassError `unknown-impression`, `not-witnessed` */
export async function auditTlogProof(db: HubDatabase, log: LogKey, seq: number): Promise<string> {
  const { row, state } = await findRow(db, log, seq);
  const checkpoint = coveringCheckpoint(state, seq + 1);
  if (checkpoint === null) throw new LitfassError('not-witnessed', `row ${String(seq)} of screen "${log.screenId}" was stored before there were checkpoints; it is proven with the screen's next upload.`);
  const { size } = parseCheckpoint(parseNote(checkpoint).text);
  return formatTlogProof({ extra: Buffer.from(row.leaf, 'utf8'), index: seq, hashes: await inclusionProof(db, log, seq, size), checkpoint });
}

export function screenLogKey({ screenId, epoch }: LogKey, publicKey: string): VerifierKey {
  return logKey(originOf(screenId, epoch), Buffer.from(publicKey, 'base64'));
}

/** The checkpoint with the most witnesses among those of at least `size` rows. */
export function coveringCheckpoint(state: LogState, size: number): string | null {
  if (state.second_checkpoint !== null && state.second_size >= size) return state.second_checkpoint;
  return state.checkpoint !== null && sizeOf(state.checkpoint) >= size ? state.checkpoint : null;
}

async function findRow(db: HubDatabase, log: LogKey, seq: number): Promise<{ row: StoredRow; state: LogState }> {
  const state = await findLog(db, log);
  const [row] = await readRows(db, log, { from: seq, to: seq + 1 });
  if (state === undefined || row === undefined) throw new LitfassError('unknown-impression', `the log of screen "${log.screenId}" has no row ${String(seq)} at this hub.`);
  return { row, state };
}

async function inclusionProof(db: HubDatabase, log: LogKey, seq: number, size: number): Promise<Buffer[]> {
  const path = inclusionPath(seq, size);
  return hashesOf(path, await readTiles(db, log, path));
}

function signersOf(note: string, screenKey: VerifierKey, { witness, second }: AuditKeys): CheckpointSigner[] {
  const roles = new Map<VerifierKey, CheckpointSigner['role']>([[screenKey, 'screen'], [witness.key, 'hub'], ...(second === null ? [] : [[second.key, 'witness'] as const])]);
  return verifyNote(parseNote(note), [...roles.keys()]).map(({ key, timeMs }) => ({ name: key.name, role: roles.get(key) ?? 'witness', key: formatVerifierKey(key), timeMs }));
}

function sizeOf(note: string): number {
  return parseCheckpoint(parseNote(note).text).size;
}
