// Throws broken notes, checkpoints, keys, proofs, witness requests and bundles at their parsers: each must either be refused with
// a LitfassError or be read, and what is read must be written back to the same bytes. Nothing else may be thrown, nothing may
// verify that was not signed. Run it with `npm run fuzz -- [inputs]`; prints the counts, exits 1 at the first finding.
import { BUNDLE_FORMAT, LitfassError, type Bundle } from '../../src/contract/index.ts';
import { cosign, formatAddCheckpoint, formatCheckpoint, formatTlogProof, formatVerifierKey, leafHash, logKey, originOf, packBundle, parseAddCheckpoint, parseCheckpoint, parseNote, parseTlogProof, parseUtf8, parseVerifierKey, signNote, verifyBundle, verifyNote, verifyTlogProof, witnessKey } from '../../src/impressions/index.ts';
import { canonicalJson } from '../../src/contract/index.ts';
import { newPlay } from '../contract/builders.ts';
import { HUB, SCREEN } from '../impressions/note/test-keys.ts';

const INPUTS = Number(process.argv[2] ?? 1_000_000);
const EPOCH = '018f4d2e-0000-7000-8000-000000000001';
const origin = originOf('entrance', EPOCH);
const leaf = canonicalJson(newPlay());
const hash = leafHash(leaf);
const text = formatCheckpoint({ origin, size: 1, root: hash });
const note = signNote(text, origin, SCREEN) + cosign(text, 'hub', HUB, 1_790_000_000_000);
const keys = [logKey(origin, SCREEN.publicKey), witnessKey('hub', HUB.publicKey)];
const pins = { keys: keys.slice(0, 1), witnesses: keys.slice(1) };
const proof = formatTlogProof({ extra: Buffer.from(leaf), index: 0, hashes: [], checkpoint: note });
const bundle: Bundle = { format: BUNDLE_FORMAT, screenId: 'entrance', screenName: 'Entrance', fromMs: 0, toMs: 1, exportedMs: 2, keys: { logs: [formatVerifierKey(keys[0]!)], witnesses: [] }, logs: [{ epoch: EPOCH, origin, from: 0, to: 1, checkpoint: note, left: [], right: [] }] };
const zip = Buffer.concat(packBundle(bundle, new Map([[EPOCH, [{ seq: 0, leaf, hash: hash.toString('hex'), receivedMs: 1 }]]])));
const DICTIONARY = ['\n', '\n\n', '\u2014 ', ' ', '+', '=', '0', '-1', '9007199254740993', 'old ', 'index ', 'extra ', 'c2sp.org/tlog-proof@v1', '\u0000', '\r', '{', '"', 'PK\u0003\u0004', 'PK\u0005\u0006', '../', 'AAAA'].map((word) => Buffer.from(word));

/** Each gives `true` if the input was read, and throws if that was wrong. */
const TARGETS: Record<string, { seed: Buffer; share: number; run: (input: Buffer, isSeed: boolean) => boolean }> = {
  note: { seed: Buffer.from(note), share: 25, run: (input) => readText(input, (each) => same(parseNote(each), ({ text: body, signatures }) => `${body}\n${signatures.map(({ line }) => line).join('')}`, each)) },
  'signed note': { seed: Buffer.from(note), share: 3, run: (input, isSeed) => readText(input, (each) => isSeed || onlySigned(each)) },
  checkpoint: { seed: Buffer.from(text), share: 25, run: (input) => readText(input, (each) => same(parseCheckpoint(each), (read) => formatCheckpoint(read), each.split('\n').slice(0, 3).join('\n') + '\n')) },
  key: { seed: Buffer.from(formatVerifierKey(keys[0]!)), share: 15, run: (input) => readText(input, (each) => same(parseVerifierKey(each), formatVerifierKey, each)) },
  'tlog-proof': { seed: Buffer.from(proof), share: 15, run: (input) => readText(input, (each) => same(parseTlogProof(each), formatTlogProof, each)) },
  'tlog-proof, verified': { seed: Buffer.from(proof), share: 2, run: (input, isSeed) => readText(input, (each) => verifyTlogProof(each, pins).failures.length === 0) && mustBe(isSeed) },
  'add-checkpoint': { seed: Buffer.from(formatAddCheckpoint({ old: 3, proof: [hash, hash], checkpoint: note })), share: 13, run: (input) => readText(input, (each) => same(parseAddCheckpoint(each), formatAddCheckpoint, each)) },
  bundle: { seed: zip, share: 2, run: (input, isSeed) => verifyBundle(input, pins).failures.length === 0 && mustBe(isSeed) },
};

const began = performance.now();
let total = 0;
for (const [name, { seed, share, run }] of Object.entries(TARGETS)) {
  if (!run(seed, true)) fail(name, seed, 'the good one was refused');
  const inputs = Math.ceil((INPUTS * share) / 100);
  let read = 0;
  for (let done = 0; done < inputs; done += 1) {
    const input = mutated(seed);
    try {
      if (run(input, input.equals(seed))) read += 1;
    } catch (error) {
      fail(name, input, error instanceof Error ? (error.stack ?? error.message) : String(error));
    }
  }
  total += inputs;
  process.stdout.write(`${name}: ${inputs} inputs, ${inputs - read} refused, ${read} read, 0 findings\n`);
}
process.stdout.write(`${total} inputs in ${((performance.now() - began) / 1_000).toFixed(0)} s, 0 findings\n`);

function readText(input: Buffer, read: (text: string) => boolean): boolean {
  const decoded = parseUtf8(input);
  if (decoded === null) return false;
  try {
    return read(decoded);
  } catch (error) {
    if (error instanceof LitfassError) return false;
    throw error;
  }
}

function same<T>(read: T, write: (read: T) => string, expected: string): boolean {
  if (write(read) !== expected) throw new Error('what was read is not written back to the same text');
  return true;
}

/** Signatures of strangers may come and go; what is signed, and by whom, may not. */
function onlySigned(each: string): boolean {
  const parsed = parseNote(each);
  verifyNote(parsed, keys);
  if (parsed.text !== text) throw new Error('a text verified that nobody signed');
  return true;
}

function mustBe(isSeed: boolean): boolean {
  if (!isSeed) throw new Error('something verified that was changed');
  return true;
}

function mutated(seed: Buffer): Buffer {
  let bytes = Buffer.from(seed);
  for (let times = 1 + Math.floor(Math.random() * 3); times > 0; times -= 1) {
    const at = Math.floor(Math.random() * (bytes.byteLength + 1));
    const length = Math.floor(Math.random() * 8);
    const word = DICTIONARY[Math.floor(Math.random() * DICTIONARY.length)] as Buffer;
    const kind = Math.random();
    if (kind < 0.4 && at < bytes.byteLength) bytes[at] = (bytes[at] ?? 0) ^ (1 << Math.floor(Math.random() * 8));
    else if (kind < 0.55) bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + length)]);
    else if (kind < 0.7) bytes = Buffer.concat([bytes.subarray(0, at), word, bytes.subarray(at)]);
    else if (kind < 0.8) bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(Math.max(0, at - length * 8))]);
    else if (kind < 0.9) bytes = bytes.subarray(0, at);
    else if (at < bytes.byteLength) bytes[at] = Math.floor(Math.random() * 256);
  }
  return bytes;
}

function fail(name: string, input: Buffer, why: string): never {
  process.stdout.write(`FINDING in ${name}: ${why}\ninput (base64): ${input.toString('base64')}\n`);
  process.exit(1);
}
