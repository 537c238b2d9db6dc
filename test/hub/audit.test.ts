import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditLogsResponseSchema, auditRecordSchema, timelineResponseSchema, type Leaf } from '../../src/contract/index.ts';
import { leafHash, parseVerifierKey, verifyBundle, verifyInclusion, verifyTlogProof } from '../../src/impressions/index.ts';
import { readZip, writeZip, type ZipFile } from '../../src/impressions/bundle/index.ts';
import { asManager, enrolScreen, openTestHub, problemOf, type Screen, START_MS, type TestHub, upload } from './kit.ts';
import { batch, EPOCH, play, uuid } from './leaves.ts';

const CLI = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
const NO_PINS = { keys: [], witnesses: [] };

describe('an auditor', () => {
  let test: TestHub;
  let screen: Screen;
  let bundle: Buffer;
  let logKey = '';
  let hubKey = '';
  const dir = mkdtempSync(join(tmpdir(), 'litfass-audit-'));
  const head = (number: number, bootId = uuid(500)) => ({ v: 1, screenId: screen.id, bootId, wallMs: START_MS + number * 10_000, monoMs: number * 10_000, clock: 'synced' }) as const;
  const get = async (path: string) => asManager(test, `/api/audit/${path}`);
  const during = (from: number, to: number) => `from=${String(START_MS + from * 10_000)}&to=${String(START_MS + to * 10_000)}`;

  beforeAll(async () => {
    test = await openTestHub();
    screen = await enrolScreen(test, '<b>Entrance</b>');
    const first: Leaf[] = [
      { ...head(0), type: 'programme-changed', programmeVersion: 1, programmeSha256: 'a'.repeat(64), previousVersion: null },
      { ...head(0), type: 'sensor-state', state: 'blind' },
      play(screen.id, 0, { bootId: uuid(500), creative: { ...play(screen.id, 0).creative, name: '=1+1 <script>' } }),
      { ...head(3), type: 'sensor-state', state: 'ok' },
      // Thirty seconds with nothing on the screen.
      play(screen.id, 4, { bootId: uuid(500), hubClock: { offsetMs: 1_500, uncertaintyMs: 20 } }),
      { ...head(5), type: 'clock-adjusted', jumpMs: -3_600_000, hubClock: null },
      play(screen.id, 5, { bootId: uuid(501), endReason: 'crash' }),
      play(screen.id, 6, { bootId: uuid(502) }),
    ];
    await upload(test, screen, batch(0, first));
    await upload(test, screen, batch(first.length, Array.from({ length: 40 }, (_, index) => play(screen.id, 7 + index, { bootId: uuid(502) }))));
    const logs = auditLogsResponseSchema.parse(await (await get('logs')).json());
    logKey = logs.logs[0]!.logKey;
    hubKey = logs.witnesses[0]!.key;
    bundle = Buffer.from(await (await get(`bundle.zip?screen=${screen.id}&${during(2, 30)}`)).arrayBuffer());
  });
  afterAll(async () => {
    await test.close();
    rmSync(dir, { recursive: true });
  });

  it('sees every log, its key and how far it is witnessed', async () => {
    const { logs } = auditLogsResponseSchema.parse(await (await get('logs')).json());
    expect(logs).toEqual([expect.objectContaining({ screenId: screen.id, epoch: EPOCH, rows: 48, witnessedRows: 48, secondWitnessRows: null, alarms: 0 })]);
  });

  it('gets a row with what proves it, and its time in the clock of the hub', async () => {
    const record = auditRecordSchema.parse(await (await get(`records/${screen.id}/${EPOCH}/4`)).json());
    const proof = record.proof!;
    expect(verifyInclusion(proof.index, proof.size, leafHash(record.leaf), proof.hashes.map((hash) => Buffer.from(hash, 'base64')), Buffer.from(proof.root, 'hex'))).toBe(true);
    expect(proof.signers.map(({ role }) => role)).toEqual(['screen', 'hub']);
    expect(record.correctedMs).toBe(START_MS + 40_000 - 1_500);
    expect(await problemOf(await get(`records/${screen.id}/${EPOCH}/48`))).toMatchObject({ status: 404 });
  });

  it('gets it as one C2SP file too, which proves itself to whoever has the keys', async () => {
    const text = await (await get(`records/${screen.id}/${EPOCH}/4/tlog-proof`)).text();
    const keys = { keys: [parseVerifierKey(logKey)], witnesses: [parseVerifierKey(hubKey)] };
    expect(verifyTlogProof(text, keys).failures).toEqual([]);
    expect(verifyTlogProof(text.replace('index 4', 'index 5'), keys).failures[0]).toContain('Row 5 is not in the log');
    expect(verifyTlogProof(text, NO_PINS).failures[0]).toContain('--key');
  });

  it('sees restarts, crashes, gaps, a blind sensor and a jump of the clock', async () => {
    const timeline = timelineResponseSchema.parse(await (await get(`timeline/${screen.id}?${during(0, 100)}`)).json());
    expect(timeline).toMatchObject({ plays: 44, shownMs: 440_000 });
    expect(timeline.entries.map(({ kind, durationMs }) => [kind, durationMs])).toEqual(expect.arrayContaining([['new-log', null], ['programme', null], ['blind', 30_000], ['gap', 30_000], ['clock', null], ['restart', null], ['crash', null]]));
  });

  it('exports plays as CSV in which no name is a formula', async () => {
    const lines = (await (await get(`plays.csv?screen=${screen.id}`)).text()).trimEnd().split('\r\n');
    expect(lines).toHaveLength(45);
    expect(lines.at(-1)).toContain(",'=1+1 <script>,");
  });

  it('is told with every time what it rests on', async () => {
    const [head, ...lines] = (await (await get(`plays.csv?screen=${screen.id}`)).text()).trimEnd().split('\r\n');
    expect(head).toMatch(/^started,clock,ahead_of_hub_ms,/);
    expect(lines.filter((line) => line.split(',')[2] === '1500')).toHaveLength(1);
    expect(lines.every((line) => line.split(',')[1] === 'synced')).toBe(true);
    const timeline = timelineResponseSchema.parse(await (await get(`timeline/${screen.id}?${during(0, 100)}`)).json());
    expect(timeline.entries.find(({ kind }) => kind === 'clock')).toMatchObject({ clock: 'synced' });
    expect(readZip(bundle).find(({ name }) => name === 'index.html')!.bytes.toString()).toContain(', 1.5 s ahead of the hub');
  });

  describe('with a bundle', () => {
    const names = () => readZip(bundle).map(({ name }) => name);
    const text = (name: string) => readZip(bundle).find((file) => file.name === name)!.bytes.toString();
    const changed = (name: string, change: (text: string) => string): Buffer => Buffer.concat(writeZip(readZip(bundle).map((file) => (file.name === name ? { name, bytes: Buffer.from(change(file.bytes.toString())) } : file))));
    const rows = () => `logs/${EPOCH}.ndjson`;
    const verdict = (zip: Buffer) => verifyBundle(zip, NO_PINS).failures.join(' | ');

    it('can prove its rows in order and without a gap, and is told what is not proven', () => {
      const { failures, proven, notProven } = verifyBundle(bundle, NO_PINS);
      expect(failures).toEqual([]);
      expect(names()).toEqual(['bundle.json', rows(), 'index.html']);
      expect(proven[0]).toMatch(/rows 4 to 30 \(27 rows, 26 plays\).*none missing between; seen by litfass\/hub\//);
      expect(notProven.join()).toMatch(/--key.*--witness.*no other log/);
    });

    it('can hold it against keys from elsewhere', async () => {
      const pins = { keys: [parseVerifierKey(logKey)], witnesses: [parseVerifierKey(hubKey)] };
      expect(verifyBundle(bundle, pins).failures).toEqual([]);
      const stranger = await enrolScreen(test, 'Stranger');
      const foreign = parseVerifierKey(logKey);
      expect(verifyBundle(bundle, { ...pins, keys: [{ ...foreign, publicKey: Buffer.from(stranger.publicKey, 'base64') }] }).failures.join()).toContain('The screen did not sign');
    });

    it('reads it in a page without scripts, in which nothing of a name is markup', () => {
      const page = text('index.html');
      expect(page).toContain('&lt;b&gt;Entrance&lt;/b&gt;');
      expect(page).not.toMatch(/<script|<b>/);
    });

    it.each([
      ['a row was changed', () => changed(rows(), (all) => all.replace('\\"durationMs\\":10000', '\\"durationMs\\":90000')), /Row 4 was changed/],
      ['a row was changed with its hash', () => changed(rows(), (all) => all.split('\n').map((line) => rehashed(line)).join('\n')), /not those that the screen signed/],
      ['a row was taken out', () => changed(rows(), (all) => all.split('\n').filter((_, place) => place !== 5).join('\n')), /26 rows; bundle\.json promises 27/],
      ['two rows changed places', () => changed(rows(), (all) => swapped(all)), /Line 3 is row 7 where row 6 belongs/],
      ['a row stands twice', () => changed(rows(), (all) => all.split('\n').map((line, place, lines) => (place === 3 ? lines[2]! : line)).join('\n')), /Line 4 is row 6/],
      ['a row has more in it', () => changed(rows(), (all) => all.replace('{', '{"seq":9,')), /no row|canonical/],
      ['the page says something else', () => changed('index.html', (page) => page.replace('Espresso', 'Expresso')), /index\.html does not show/],
      ['the checkpoint was changed', () => changed('bundle.json', (json) => json.replace('\\n48\\n', '\\n49\\n')), /signature/],
      ['it is of another screen', () => changed('bundle.json', (json) => json.replaceAll(screen.id, 'exit-000000')), /signed|signature|key/],
      ['a file is missing', () => Buffer.concat(writeZip(readZip(bundle).slice(0, 2))), /index\.html is not in the bundle/],
      ['a file was added', () => Buffer.concat(writeZip([...readZip(bundle), { name: 'notes.txt', bytes: Buffer.alloc(3) }])), /notes\.txt does not belong/],
      ['it was cut', () => bundle.subarray(0, bundle.byteLength - 100), /no bundle/],
      ['something follows it', () => Buffer.concat([bundle, Buffer.from('x')]), /no bundle/],
    ])('finds that %s', (_, forge, words) => {
      expect(verdict(forge())).toMatch(words);
    });

    it.each<[string, ZipFile[]]>([
      ['climbs out of its folder', [{ name: '../../etc/passwd', bytes: Buffer.alloc(1) }]],
      ['is absolute', [{ name: '/etc/passwd', bytes: Buffer.alloc(1) }]],
      ['has a drive', [{ name: 'c:\\x', bytes: Buffer.alloc(1) }]],
      ['comes twice', [{ name: 'a', bytes: Buffer.alloc(1) }, { name: 'a', bytes: Buffer.alloc(2) }]],
    ])('refuses a ZIP in which a name %s', (_, files) => {
      expect(() => readZip(Buffer.concat(writeZip(files)))).toThrow(expect.objectContaining({ code: 'zip-malformed' }));
    });

    it('refuses a compressed file, so nothing can swell', () => {
      const zip = Buffer.concat(writeZip([{ name: 'a', bytes: Buffer.alloc(1) }]));
      zip.writeUInt16LE(8, 8);
      expect(() => readZip(zip)).toThrow(expect.objectContaining({ message: expect.stringContaining('compressed') as string }));
    });

    it('verifies it on a machine that has nothing but the file', () => {
      const good = join(dir, 'good.zip');
      const bad = join(dir, 'bad.zip');
      writeFileSync(good, bundle);
      writeFileSync(bad, changed(rows(), (all) => all.replace('Espresso', 'Expresso')));
      const run = (...args: string[]) => spawnSync(process.execPath, [CLI, 'verify', ...args], { encoding: 'utf8' });
      const verified = run(good, '--key', logKey, '--witness', hubKey);
      expect(verified).toMatchObject({ status: 0, stdout: expect.stringMatching(/proven {5}log[^]*not proven[^]*is good\./) as string });
      expect(run(bad)).toMatchObject({ status: 1, stdout: expect.stringMatching(/WRONG .*Row 4 was changed[^]*is NOT good/) as string });
      expect(run(CLI)).toMatchObject({ status: 1, stderr: expect.stringContaining('neither a bundle nor a .tlog-proof') as string });
    });
  });

  function rehashed(line: string): string {
    if (!line.includes('"seq":7')) return line;
    const row = JSON.parse(line) as { leaf: string; hash: string };
    const leaf = row.leaf.replace('10000', '90000');
    return JSON.stringify({ hash: leafHash(leaf).toString('hex'), leaf, receivedMs: (row as unknown as { receivedMs: number }).receivedMs, seq: 7 });
  }

  function swapped(all: string): string {
    const lines = all.split('\n');
    [lines[2], lines[3]] = [lines[3]!, lines[2]!];
    return lines.join('\n');
  }
});
