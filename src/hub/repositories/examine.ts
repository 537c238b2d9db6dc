import Database from 'better-sqlite3';
import { type RecordedPlay } from '../../contract/index.ts';
import { growTree, leafHashHex, logKey, originOf, parseCheckpoint, parseNote, TILE_HEIGHT, type Verdict, type VerifierKey, verifyNote } from '../../impressions/index.ts';
import { readLeaf } from '../services/read-leaf.ts';
import { localDay } from '../services/local-day.ts';

type Row = Record<string, string | number | null>;
type Attempt = (where: string, check: () => void) => void;

/**
 * Reads a whole `hub.db`, which nobody else has open, and says everything that is wrong with its evidence, each with its place:
 * rows, trees, checkpoints, and the plays and sums that were made from the rows. Nothing is changed.
 *
 * @param witnesses of the cosignatures: with them those are verified too
 */
export function examineHub(file: string, witnesses: readonly VerifierKey[]): Verdict {
  const failures: string[] = [];
  const attempt: Attempt = (where, check) => {
    try {
      check();
    } catch (error) {
      failures.push(`${where}: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
  let database: Database.Database | undefined;
  let rows = 0;
  attempt(file, () => {
    const opened = (database = new Database(file, { readonly: true, fileMustExist: true }));
    const found = opened.prepare<[], string>('PRAGMA integrity_check(5)').pluck().all();
    if (found.join() !== 'ok') failures.push(...found.map((line) => `the database: ${line}`));
    const plays = new Map<string, string>();
    const days = new Map<string, number>();
    for (const log of opened.prepare<[], Row>('SELECT * FROM log').all()) rows += examineLogRows(opened, log, witnesses, plays, days, attempt);
    const counted = opened.prepare<[], number>('SELECT count(*) FROM log_row').pluck().get() ?? 0;
    if (counted !== rows) failures.push(`the rows: there are ${String(counted)}, and the logs have ${String(rows)}`);
    comparePlays(opened, plays, failures);
    compareDays(opened, days, failures);
  });
  database?.close();
  const notProven = witnesses.length > 0 ? [] : ['that a witness saw them: give its key with --witness'];
  return { failures, proven: [`${String(rows)} rows are those that the screens signed, and every play and daily sum follows from them`], notProven };
}

function examineLogRows(database: Database.Database, log: Row, witnesses: readonly VerifierKey[], plays: Map<string, string>, days: Map<string, number>, attempt: Attempt): number {
  const [screenId, epoch] = [String(log['screen_id']), String(log['epoch'])];
  const name = originOf(screenId, epoch);
  const tree = growTree();
  const roots = new Map<number, Buffer>();
  const subtrees: string[] = [];
  for (const row of database.prepare<[string, string], Row>('SELECT * FROM log_row WHERE screen_id = ? AND epoch = ? ORDER BY seq').iterate(screenId, epoch)) {
    const seq = tree.size();
    const [leaf, hash] = [String(row['leaf']), String(row['hash'])];
    attempt(`${name}, row ${String(seq)}`, () => {
      if (row['seq'] !== seq) throw new Error(`row ${String(row['seq'])} stands in its place`);
      if (leafHashHex(leaf) !== hash) throw new Error('it was changed after it was received');
      if (row['flag'] !== null) return;
      const reading = readLeaf(leaf, screenId);
      if ('flag' in reading) throw new Error(`it is counted although it is ${reading.flag}`);
      if (reading.leaf.type !== 'play') return;
      plays.set(`${name}/${String(seq)}`, playText(reading.leaf, hash, row['received_ms'] ?? 0));
      const day = `${screenId}/${String(localDay(reading.leaf.wallMs, reading.leaf.zoneOffsetMin))}`;
      days.set(day, (days.get(day) ?? 0) + 1);
    });
    tree.append(Buffer.from(hash, 'hex'), 0, (subtree) => {
      if (subtree.level > 0 && subtree.level % TILE_HEIGHT === 0) subtrees.push(`${String(subtree.level / TILE_HEIGHT)}/${String(subtree.index)}/${subtree.hash.toString('hex')}`);
    });
    if (tree.size() === log['second_size']) roots.set(tree.size(), tree.root());
  }
  roots.set(tree.size(), tree.root());
  attempt(`${name}, the tree`, () => {
    const stored = database.prepare<[string, string], string>(`SELECT level || '/' || place || '/' || hash FROM log_tree WHERE screen_id = ? AND epoch = ?`).pluck().all(screenId, epoch);
    const edge = tree.edge().map((hash) => hash.toString('hex')).join('');
    if (stored.sort().join() !== subtrees.sort().join() || (log['edge'] !== null && log['edge'] !== edge)) throw new Error('its stored hashes are not those of the rows');
    if (log['next_seq'] !== tree.size()) throw new Error(`there are ${String(tree.size())} rows, and ${String(log['next_seq'])} are claimed`);
  });
  const publicKey = database.prepare<[string], string>('SELECT public_key FROM screen WHERE id = ?').pluck().get(screenId) ?? '';
  for (const column of ['checkpoint', 'second_checkpoint']) {
    const note = log[column];
    if (typeof note === 'string') attempt(`${name}, its ${column.replace('_', ' ')}`, () => requireCheckpoint(note, name, publicKey, roots, witnesses));
  }
  return tree.size();
}

function requireCheckpoint(note: string, origin: string, publicKey: string, roots: ReadonlyMap<number, Buffer>, witnesses: readonly VerifierKey[]): void {
  const signed = parseNote(note);
  const checkpoint = parseCheckpoint(signed.text);
  const keys = [logKey(origin, Buffer.from(publicKey, 'base64')), ...witnesses];
  if (checkpoint.origin !== origin) throw new Error(`it is of "${checkpoint.origin}"`);
  if (roots.get(checkpoint.size)?.equals(checkpoint.root) !== true) throw new Error('it is not over these rows');
  const good = verifyNote(signed, keys);
  if (!good.some(({ key }) => key.name === origin)) throw new Error('the screen did not sign it');
  if (witnesses.length > 0 && good.length !== signed.signatures.length) throw new Error('it has a signature of somebody unknown');
}

/** The columns of a play that follow from its leaf. */
function playText({ creative, decision, ...play }: RecordedPlay, hash: string, receivedMs: string | number): string {
  return JSON.stringify([play.playId, creative.id, creative.name, creative.campaign, creative.kind, creative.sha256, play.wallMs, play.durationMs, play.plannedMs, play.presentedFrames, play.endReason, decision.reason.kind, JSON.stringify(decision.reason), hash, receivedMs]);
}

function comparePlays(database: Database.Database, expected: Map<string, string>, failures: string[]): void {
  for (const row of database.prepare<[], Row>('SELECT * FROM play').iterate()) {
    const place = `${originOf(String(row['screen_id']), String(row['epoch']))}/${String(row['seq'])}`;
    const found = JSON.stringify(['play_id', 'creative_id', 'creative_name', 'campaign', 'kind', 'sha256', 'started_ms', 'duration_ms', 'planned_ms', 'presented_frames', 'end_reason', 'reason_kind', 'reason', 'leaf_hash', 'received_ms'].map((name) => row[name]));
    if (expected.get(place) !== found) failures.push(`${place}, the play: it does not say what its row says`);
    expected.delete(place);
  }
  for (const place of expected.keys()) failures.push(`${place}, the play: it is missing`);
}

function compareDays(database: Database.Database, expected: ReadonlyMap<string, number>, failures: string[]): void {
  const found = new Map(database.prepare<[], Row>('SELECT * FROM plays_per_day').all().map((row) => [`${String(row['screen_id'])}/${String(row['local_day'])}`, row['plays']]));
  for (const day of new Set([...found.keys(), ...expected.keys()])) {
    if (found.get(day) !== expected.get(day)) failures.push(`the daily sum ${day}: ${String(found.get(day))} plays are claimed, ${String(expected.get(day) ?? 0)} follow from the rows`);
  }
}
