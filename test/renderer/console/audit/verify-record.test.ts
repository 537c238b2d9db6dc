import { beforeAll, describe, expect, it } from 'vitest';
import { browserSupport, parseVerifierKey, type RecordReport, verifyRecord } from '../../../../renderer/console/audit/verify/index.ts';
import { type RecordToVerify } from '../../../../renderer/console/audit/verify/verify-record.ts';
import { checkpointText, EPOCH, leafOf, ORIGIN, pathOf, rootOf, SCREEN, screenSigner, witnessSigner } from './tree.ts';

const SEQ = 4;
const texts = Array.from({ length: 7 }, (_, index) => JSON.stringify({ screenId: SCREEN, type: 'play', number: index }));
const leaves = texts.map(leafOf);
const screen = screenSigner();
const hub = witnessSigner('hub.example/witness', 1_780_000_000);
const customer = witnessSigner('customer.example/witness', 1_780_000_060);
const text = checkpointText(ORIGIN, leaves);
const note = `${text}\n${screen.line(text)}${hub.line(text)}`;

const proof = { index: SEQ, size: leaves.length, hashes: pathOf(SEQ, leaves).map((hash) => hash.toString('base64')), root: rootOf(leaves).toString('hex'), checkpoint: note, signers: [] };
const record: RecordToVerify = { screenId: SCREEN, epoch: EPOCH, seq: SEQ, leaf: texts[SEQ]!, hash: leaves[SEQ]!.toString('hex'), proof };

async function reportOn(changed: Partial<RecordToVerify> = {}, key = screen.key): Promise<RecordReport> {
  const keys = { screen: await parseVerifierKey(key), witnesses: [await parseVerifierKey(hub.key), await parseVerifierKey(customer.key)] };
  return verifyRecord({ ...record, ...changed }, keys, () => 0);
}

const outcomes = ({ checks }: RecordReport): string[] => checks.map(({ id, outcome }) => `${id}: ${outcome}`);

describe('a record of a log', () => {
  let good: RecordReport;

  beforeAll(async () => {
    good = await reportOn();
  });

  it('passes from its text up to the signatures; a witness that has not signed is said, and proves nothing', () => {
    expect(outcomes(good)).toEqual(['leaf: pass', 'checkpoint: pass', 'path: pass', 'screen: pass', 'witness: pass', 'witness: absent']);
    expect(good.verdict).toBe('pass');
    expect(good.checks.find(({ id }) => id === 'witness')?.finding).toContain('2026-05-28 20:26:40 UTC');
  });

  it('shows the path that it climbed', () => {
    expect(good.path?.map(({ side }) => side)).toEqual(['right', 'right', 'left']);
    expect(Buffer.from(good.path?.at(-1)?.parent ?? []).equals(rootOf(leaves))).toBe(true);
  });

  it('fails at its text, and so at its path, when a character was changed', async () => {
    const report = await reportOn({ leaf: record.leaf.replace('play', 'plaY') });
    expect(report.verdict).toBe('fail');
    expect(outcomes(report).slice(0, 3)).toEqual(['leaf: fail', 'checkpoint: pass', 'path: fail']);
  });

  it('fails at its path when the hash beside it was changed with it', async () => {
    const leaf = record.leaf.replace('play', 'plaY');
    expect(outcomes(await reportOn({ leaf, hash: leafOf(leaf).toString('hex') })).slice(0, 3)).toEqual(['leaf: pass', 'checkpoint: pass', 'path: fail']);
  });

  it('fails when it names another screen', async () => {
    const leaf = JSON.stringify({ screenId: 'elsewhere' });
    expect((await reportOn({ leaf, hash: leafOf(leaf).toString('hex') })).checks[0]).toMatchObject({ outcome: 'fail', finding: expect.stringContaining('elsewhere') as string });
  });

  it('fails under the checkpoint of another log, though it be signed with the same key', async () => {
    const other = checkpointText(ORIGIN.replace('1a2b3c', '9f9f9f'), leaves);
    const report = await reportOn({ proof: { ...proof, checkpoint: `${other}\n${screen.line(other)}` } });
    expect(report.verdict).toBe('fail');
    expect(outcomes(report).slice(1)).toEqual(['checkpoint: fail', 'path: blocked', 'screen: blocked', 'witness: blocked', 'witness: blocked']);
  });

  it('fails when origin and name were exchanged for its own after signing', async () => {
    const other = screenSigner('litfass/elsewhere/x');
    const line = other.line(text).replace('litfass/elsewhere/x', ORIGIN);
    expect(outcomes(await reportOn({ proof: { ...proof, checkpoint: `${text}\n${line}` } }))).toContain('screen: fail');
  });

  it('fails when another key signed than the one that the auditor pinned', async () => {
    const report = await reportOn({}, screenSigner().key);
    expect(report.verdict).toBe('fail');
    expect(outcomes(report)).toContain('screen: fail');
  });

  it('fails for one bad signature of a known witness, however good the others', async () => {
    const forged = hub.line(text.replace('7', '8'));
    const report = await reportOn({ proof: { ...proof, checkpoint: `${text}\n${screen.line(text)}${forged}` } });
    expect(report.verdict).toBe('fail');
    expect(outcomes(report)).toEqual(['leaf: pass', 'checkpoint: pass', 'path: pass', 'screen: pass', 'witness: fail', 'witness: absent']);
  });

  it('fails under an empty checkpoint', async () => {
    const empty = checkpointText(ORIGIN, []);
    expect(outcomes(await reportOn({ proof: { ...proof, size: 0, checkpoint: `${empty}\n${screen.line(empty)}` } }))).toContain('checkpoint: fail');
  });

  it('fails when the hub says other things of the checkpoint than the checkpoint', async () => {
    expect((await reportOn({ proof: { ...proof, size: 8 } })).verdict).toBe('fail');
    expect((await reportOn({ proof: { ...proof, root: 'a'.repeat(64) } })).verdict).toBe('fail');
    expect((await reportOn({ proof: { ...proof, index: 3 } })).verdict).toBe('fail');
  });

  it('fails at its path for a hash in another spelling', async () => {
    const [first = '', ...others] = proof.hashes;
    expect(outcomes(await reportOn({ proof: { ...proof, hashes: [` ${first}`, ...others] } }))).toContain('path: fail');
  });

  it('is unproven before a checkpoint covers it, and fails all the same when its text does not fit', async () => {
    expect((await reportOn({ proof: null })).verdict).toBe('unproven');
    expect((await reportOn({ proof: null, hash: 'a'.repeat(64) })).verdict).toBe('fail');
  });
});

describe('the browser', () => {
  const secure = { isSecureContext: true, crypto: globalThis.crypto };

  it('can verify where it passes public vectors', async () => {
    expect(await browserSupport(secure)).toBeNull();
  });

  it('is not believed on an insecure page, without Ed25519, or when it says yes to everything', async () => {
    const { subtle } = globalThis.crypto;
    const digest = subtle.digest.bind(subtle);
    const importKey = subtle.importKey.bind(subtle);
    const without = { digest, importKey: () => Promise.reject(new DOMException('Unrecognized name.', 'NotSupportedError')) } as unknown as SubtleCrypto;
    const yes = { digest, importKey, verify: () => Promise.resolve(true) } as unknown as SubtleCrypto;
    expect(await browserSupport({ ...secure, isSecureContext: false })).toContain('plain HTTP');
    expect(await browserSupport({ isSecureContext: true })).toContain('plain HTTP');
    expect(await browserSupport({ isSecureContext: true, crypto: { subtle: without } })).toContain('Unrecognized name.');
    expect(await browserSupport({ isSecureContext: true, crypto: { subtle: yes } })).toContain('wrong answers');
  });
});
