import { bundleRowSchema, bundleSchema, canonicalJson, describeIssues, leafSchema, LitfassError, type Bundle, type BundleLog, type BundleRow } from '../../contract/index.ts';
import { originOf, parseUtf8, parseVerifierKey, type VerifierKey } from '../note/index.ts';
import { growTree, leafHash, subtreesOf } from '../tree/index.ts';
import { BUNDLE_FILE, PAGE_FILE, rowsFile } from './pack.ts';
import { bundlePage } from './page.ts';
import { checkCheckpoint, cosignedWords, LIMITS, type Pins, type Verdict } from './verdict.ts';
import { readZip, type ZipFile } from './zip.ts';

/**
 * Verifies an export bundle, offline. Everything that is wrong is listed; the verdict is good when nothing is.
 *
 * @param pins keys that the auditor got elsewhere. Without them the bundle's own are used, and the verdict says so.
 */
export function verifyBundle(zip: Buffer, pins: Pins): Verdict {
  const failures: string[] = [];
  const proven: string[] = [];
  const attempt = <T>(where: string, check: () => T): T | undefined => {
    try {
      return check();
    } catch (error) {
      if (!(error instanceof LitfassError)) throw error;
      failures.push(`${where}: ${error.message}`);
      return undefined;
    }
  };

  const files = attempt('the file', () => readZip(zip));
  const bundle = files && attempt(BUNDLE_FILE, () => readDescription(files));
  if (!files || !bundle) return { failures, proven, notProven: [] };
  const keys = attempt(BUNDLE_FILE, () => ({ logs: bundle.keys.logs.map(parseVerifierKey), witnesses: bundle.keys.witnesses.map(parseVerifierKey) }));
  const allRows = new Map<string, readonly BundleRow[]>();
  for (const log of bundle.logs) {
    const where = rowsFile(log.epoch);
    const rows = attempt(where, () => readRows(files, log));
    if (!rows || !keys) continue;
    allRows.set(log.epoch, rows);
    const said = attempt(where, () => verifyLog(bundle, log, rows, pins.keys.length > 0 ? pins.keys : keys.logs, pins, keys.witnesses));
    if (said !== undefined) proven.push(said);
  }
  if (failures.length === 0) attempt(PAGE_FILE, () => requireSame(files, PAGE_FILE, bundlePage(bundle, allRows), 'does not show what the rows say, or was made by another version of Litfass'));
  if (failures.length === 0) attempt('the file', () => requireNoOthers(files, bundle));
  return { failures, proven, notProven: notProven(pins) };
}

/**
 * The root that rows `from` to `to` − 1 give, with the subtrees before and behind them.
 *
 * @returns `null` when the subtrees do not fit the places.
 */
export function rootOfRows({ from, to, left, right }: Pick<BundleLog, 'from' | 'to' | 'left' | 'right'>, size: number, hashes: Iterable<Buffer>): Buffer | null {
  const behind = subtreesOf({ begin: to, end: size });
  if (left.length !== subtreesOf({ begin: 0, end: from }).length || right.length !== behind.length) return null;
  const tree = growTree(from, left.map((hash) => Buffer.from(hash, 'base64')));
  for (const hash of hashes) tree.append(hash);
  if (tree.size() !== to) return null;
  for (const [place, { level }] of behind.entries()) tree.append(Buffer.from(right[place] as string, 'base64'), level);
  return tree.root();
}

function verifyLog(bundle: Bundle, log: BundleLog, rows: readonly BundleRow[], keys: readonly VerifierKey[], pins: Pins, offered: readonly VerifierKey[]): string {
  const origin = originOf(bundle.screenId, log.epoch);
  if (log.origin !== origin) throw new LitfassError('bundle-foreign', `The log calls itself "${log.origin}", but belongs to "${origin}".`);
  const hashes = rows.map(({ seq, leaf, hash }) => {
    const computed = leafHash(leaf);
    if (computed.toString('hex') !== hash) throw new LitfassError('row-changed', `Row ${seq} was changed: its text has the hash ${computed.toString('hex')}, not ${hash}.`);
    return computed;
  });
  const checked = checkCheckpoint(log.checkpoint, origin, keys, pins, offered);
  const { size, root } = checked.checkpoint;
  if (size < log.to) throw new LitfassError('row-uncovered', `The checkpoint is for ${size} rows and says nothing about rows ${size} to ${log.to - 1}.`);
  if (rootOfRows(log, size, hashes)?.equals(root) !== true) {
    throw new LitfassError('root-differs', `Rows ${log.from} to ${log.to - 1} are not those that the screen signed: with them the tree has another root. At least one row or one hash beside them was changed, taken out or put in.`);
  }
  const plays = rows.filter(({ leaf }) => isPlay(leaf)).length;
  return `log ${log.epoch}: rows ${log.from} to ${log.to - 1} (${rows.length} rows, ${plays} plays) stand in the screen's log of ${size} rows word for word, none missing between; ${cosignedWords(checked)}`;
}

function isPlay(text: string): boolean {
  try {
    return leafSchema.safeParse(JSON.parse(text)).data?.type === 'play';
  } catch {
    return false;
  }
}

function readDescription(files: readonly ZipFile[]): Bundle {
  const bundle = bundleSchema.safeParse(parseJson(textOf(files, BUNDLE_FILE)));
  if (!bundle.success) throw new LitfassError('bundle-malformed', `It does not fit its schema: ${describeIssues(bundle.error)}.`);
  requireSame(files, BUNDLE_FILE, canonicalJson(bundle.data), 'is not in canonical form');
  if (new Set(bundle.data.logs.map(({ epoch }) => epoch)).size !== bundle.data.logs.length) throw new LitfassError('bundle-malformed', 'It names a log twice.');
  return bundle.data;
}

function readRows(files: readonly ZipFile[], log: BundleLog): BundleRow[] {
  const text = textOf(files, rowsFile(log.epoch));
  if (text !== '' && !text.endsWith('\n')) throw new LitfassError('rows-malformed', 'Its last line has no end: the file was cut.');
  const lines = text.split('\n').slice(0, -1);
  if (lines.length !== log.to - log.from) throw new LitfassError('rows-malformed', `It has ${lines.length} rows; ${BUNDLE_FILE} promises ${log.to - log.from}, from ${log.from} to ${log.to - 1}.`);
  return lines.map((line, place) => {
    const row = bundleRowSchema.safeParse(parseJson(line));
    if (!row.success) throw new LitfassError('rows-malformed', `Line ${place + 1} is no row: ${describeIssues(row.error)}.`);
    if (row.data.seq !== log.from + place) throw new LitfassError('rows-malformed', `Line ${place + 1} is row ${row.data.seq} where row ${log.from + place} belongs: rows were reordered, doubled or taken out.`);
    if (canonicalJson(row.data) !== line) throw new LitfassError('rows-malformed', `Line ${place + 1}, row ${row.data.seq}, is not in canonical form.`);
    return row.data;
  });
}

function requireNoOthers(files: readonly ZipFile[], bundle: Bundle): void {
  const known = [BUNDLE_FILE, PAGE_FILE, ...bundle.logs.map(({ epoch }) => rowsFile(epoch))];
  const other = files.find(({ name }) => !known.includes(name));
  if (other !== undefined) throw new LitfassError('bundle-malformed', `${other.name} does not belong into a bundle.`);
}

function requireSame(files: readonly ZipFile[], name: string, expected: string, why: string): void {
  if (textOf(files, name) !== expected) throw new LitfassError('bundle-malformed', `${name} ${why}.`);
}

function textOf(files: readonly ZipFile[], name: string): string {
  const file = files.find((each) => each.name === name);
  if (file === undefined) throw new LitfassError('bundle-malformed', `${name} is not in the bundle.`);
  const text = parseUtf8(file.bytes);
  if (text === null) throw new LitfassError('bundle-malformed', `${name} is not UTF-8.`);
  return text;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function notProven(pins: Pins): string[] {
  return [
    ...(pins.keys.length > 0 ? [] : ["that the screen's keys are those of this screen: they were taken from the bundle itself; give the known ones with --key"]),
    ...(pins.witnesses.length > 0 ? [] : ["that the witnesses are independent of the exporter: their keys were taken from the bundle itself; give the known ones with --witness"]),
    "the screen's name and the times at which the hub received rows: they are the hub's word",
    'that the screen has no other log beside these',
    ...LIMITS,
  ];
}
