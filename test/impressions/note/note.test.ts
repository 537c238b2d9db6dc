import { describe, expect, it } from 'vitest';
import { formatCheckpoint, formatTlogProof, formatVerifierKey, logKey, originOf, parseAddCheckpoint, parseCheckpoint, parseNote, parseTlogProof, parseVerifierKey, signNote, verifyNote, witnessKey, cosign, formatAddCheckpoint } from '../../../src/impressions/note/index.ts';
import { HUB, SCREEN, signerOf } from './test-keys.ts';

const withCode = (code: string) => expect.objectContaining({ code }) as Error;

// C2SP/C2SP@5ba5ee83, signed-note.md
describe('the example of C2SP', () => {
  const KEY = 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k';
  const TEXT = 'This is an example message.\n';
  const NOTE = `${TEXT}\n\u2014 example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n`;

  it('is read and verified', () => {
    const note = parseNote(NOTE);
    expect(note.text).toBe(TEXT);
    expect(verifyNote(note, [parseVerifierKey(KEY)]).map(({ key }) => key.name)).toEqual(['example.com/foo']);
    expect(formatVerifierKey(parseVerifierKey(KEY))).toBe(KEY);
  });

  it('is refused when its text was changed', () => {
    expect(() => verifyNote(parseNote(NOTE.replace('example message', 'exemplary message')), [parseVerifierKey(KEY)])).toThrow(withCode('note-forged'));
  });
});

// golang/mod, sumdb/note/note_test.go. The secret key carries a seed: its ID is not computed from those bytes.
describe('the note of golang/mod', () => {
  const SEED = Buffer.from('AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz', 'base64').subarray(1);
  const KEY = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';
  const TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
  const NOTE = `${TEXT}\n\u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n`;

  it('is signed to the same letters, since Ed25519 has no randomness', () => {
    const signer = signerOf(SEED);
    expect(formatVerifierKey(logKey('PeterNeumann', signer.publicKey))).toBe(KEY);
    expect(signNote(TEXT, 'PeterNeumann', signer)).toBe(NOTE);
    expect(verifyNote(parseNote(NOTE), [parseVerifierKey(KEY)])).toHaveLength(1);
  });
});

describe('a note', () => {
  const origin = originOf('entrance', '018f4d2e-0000-7000-8000-000000000001');
  const text = formatCheckpoint({ origin, size: 7, root: Buffer.alloc(32, 9) });
  const note = signNote(text, origin, SCREEN);
  const key = logKey(origin, SCREEN.publicKey);

  it('is split at its last empty line', () => {
    expect(parseNote(signNote('a\n\nb\n', 'k', SCREEN)).text).toBe('a\n\nb\n');
  });

  it('does not verify under another origin: the name is part of the key', () => {
    const elsewhere = origin.replace('entrance', 'backdoor');
    const swapped = note.replaceAll(origin, elsewhere);
    expect(() => verifyNote(parseNote(swapped), [logKey(elsewhere, SCREEN.publicKey)])).toThrow(withCode('note-unsigned'));
    const textOnly = note.replace(origin, elsewhere);
    expect(() => verifyNote(parseNote(textOnly), [key])).toThrow(withCode('note-forged'));
  });

  it('passes over signatures of strangers, and wants one of a friend', () => {
    const both = `${note}${cosign(text, 'stranger', HUB, 5_000)}`;
    expect(verifyNote(parseNote(both), [key])).toEqual([{ key, timeMs: null }]);
    expect(() => verifyNote(parseNote(note), [logKey('friend', HUB.publicKey)])).toThrow(withCode('note-unsigned'));
  });

  it('is refused as a whole when a known signature is bad, also beside a good one', () => {
    const forged = cosign('something else\n', 'hub', HUB, 5_000);
    expect(() => verifyNote(parseNote(note + forged), [key, witnessKey('hub', HUB.publicKey)])).toThrow(withCode('note-forged'));
  });

  it('carries at least 16 signatures', () => {
    const many = note + Array.from({ length: 16 }, (_, n) => cosign(text, `witness-${n}`, HUB, 1_000)).join('');
    expect(parseNote(many).signatures).toHaveLength(17);
  });

  it.each([
    ['no signature', text],
    ['no empty line', text + note.slice(text.length + 1)],
    ['no end', note.slice(0, -1)],
    ['a carriage return', note.replace('\n', '\r\n')],
    ['a lone surrogate', `\ud800${note}`],
    ['a hyphen for the dash', note.replace('\u2014', '-')],
    ['base64 with a space', note.replace(/(.)=*\n$/, ' $1\n')],
    ['base64 in the URL alphabet', note.replace(/[^ ]+\n$/, `${Buffer.alloc(68, 0xff).toString('base64url')}\n`)],
    ['base64 whose unused bits are set', note.replace(/[^ ]+\n$/, 'AAAAAAB=\n')],
    ['a plus in the name', note.replace(`\u2014 ${origin}`, '\u2014 a+b')],
    ['a second empty line', `${note}\n`],
    ['101 signatures', text + '\n' + cosign(text, 'w', HUB, 0).repeat(101)],
  ])('with %s is none', (_, broken) => {
    expect(() => parseNote(broken)).toThrow(withCode('note-malformed'));
  });
});

// C2SP/C2SP@5ba5ee83, tlog-cosignature.md: no vector is published, so the rules are held one by one.
describe('a cosignature', () => {
  const text = formatCheckpoint({ origin: 'log', size: 1, root: Buffer.alloc(32) });
  const note = parseNote(signNote(text, 'log', SCREEN) + cosign(text, 'hub', HUB, 1_790_000_000_999));

  it('says when the witness saw the checkpoint, in whole seconds, under a key of type 4', () => {
    const key = witnessKey('hub', HUB.publicKey);
    expect(verifyNote(note, [key])).toEqual([{ key, timeMs: 1_790_000_000_000 }]);
    const payload = note.signatures[1]!.signature;
    expect({ bytes: payload.byteLength, time: Number(payload.readBigUInt64BE(0)) }).toEqual({ bytes: 72, time: 1_790_000_000 });
    expect(HUB.sign(Buffer.from(`cosignature/v1\ntime 1790000000\n${text}`))).toEqual(payload.subarray(8));
  });

  it('is not a signature of the same key under type 1', () => {
    expect(() => verifyNote(note, [logKey('hub', HUB.publicKey)])).toThrow(withCode('note-unsigned'));
  });

  it('whose time was moved is forged', () => {
    const moved = Buffer.from(note.signatures[1]!.signature);
    moved[7]! ^= 1;
    const forged = { ...note, signatures: [{ ...note.signatures[1]!, signature: moved }] };
    expect(() => verifyNote(forged, [witnessKey('hub', HUB.publicKey)])).toThrow(withCode('note-forged'));
  });
});

describe('a checkpoint', () => {
  const root = Buffer.alloc(32, 3).toString('base64');

  it('is an origin, a size and a root; more lines are passed over', () => {
    expect(parseCheckpoint(`log\n0\n${root}\nmore\n`)).toEqual({ origin: 'log', size: 0, root: Buffer.alloc(32, 3) });
  });

  it.each([
    ['an empty origin', `\n1\n${root}\n`],
    ['an empty size', `log\n\n${root}\n`],
    ['a hexadecimal size', `log\n0x10\n${root}\n`],
    ['a size with a zero before it', `log\n012\n${root}\n`],
    ['a size with spaces', `log\n 12 \n${root}\n`],
    ['a negative size', `log\n-1\n${root}\n`],
    ['a size above 2^53', `log\n9007199254740993\n${root}\n`],
    ['a short root', `log\n1\nAAAA\n`],
    ['a root in loose base64', `log\n1\n${root.slice(0, -2)}J=\n`],
    ['an empty extension line', `log\n1\n${root}\n\nmore\n`],
    ['no end', `log\n1\n${root}`],
  ])('with %s is none', (_, broken) => {
    expect(() => parseCheckpoint(broken)).toThrow(withCode('checkpoint-malformed'));
  });
});

describe('a verifier key', () => {
  const good = formatVerifierKey(logKey('name', SCREEN.publicKey));
  it.each([
    ['another name', good.replace('name', 'mane')],
    ['an unsupported type', `name+00000000+${Buffer.concat([Uint8Array.of(2), SCREEN.publicKey]).toString('base64')}`],
    ['a short key', 'name+00000000+AQ=='],
    ['nothing', ''],
  ])('with %s is refused', (_, broken) => {
    expect(() => parseVerifierKey(broken)).toThrow(withCode('key-malformed'));
  });
});

// C2SP/C2SP@5ba5ee83, tlog-proof.md and tlog-witness.md
describe('the files of C2SP', () => {
  const checkpoint = signNote(formatCheckpoint({ origin: 'log', size: 2, root: Buffer.alloc(32) }), 'log', SCREEN);

  it('a tlog-proof is read as it was written, with and without extra data', () => {
    for (const extra of [null, Buffer.from('{"a":1}'), Buffer.alloc(0)]) {
      const proof = { extra, index: 1, hashes: [Buffer.alloc(32, 5)], checkpoint };
      expect(parseTlogProof(formatTlogProof(proof))).toEqual(proof);
    }
    expect(formatTlogProof({ extra: null, index: 0, hashes: [], checkpoint }).split('\n').slice(0, 3)).toEqual(['c2sp.org/tlog-proof@v1', 'index 0', '']);
  });

  it.each([
    ['another first line', 'c2sp.org/tlog-proof@v2\nindex 0\n\nlog\n'],
    ['no index', 'c2sp.org/tlog-proof@v1\n\nlog\n'],
    ['a loose index', 'c2sp.org/tlog-proof@v1\nindex 01\n\nlog\n'],
    ['a short hash', 'c2sp.org/tlog-proof@v1\nindex 0\nAAAA\n\nlog\n'],
    ['64 hashes', `c2sp.org/tlog-proof@v1\nindex 0\n${`${Buffer.alloc(32).toString('base64')}\n`.repeat(64)}\nlog\n`],
    ['loose extra data', 'c2sp.org/tlog-proof@v1\nextra A===\nindex 0\n\nlog\n'],
    ['no checkpoint', 'c2sp.org/tlog-proof@v1\nindex 0\n'],
  ])('a tlog-proof with %s is none', (_, broken) => {
    expect(() => parseTlogProof(broken)).toThrow(withCode('proof-malformed'));
  });

  it('an add-checkpoint request is read as it was written, and refused when it is loose', () => {
    const request = { old: 1, proof: [Buffer.alloc(32, 5)], checkpoint };
    expect(parseAddCheckpoint(formatAddCheckpoint(request))).toEqual(request);
    for (const broken of ['old 01\n\nx', 'old\n\nx', `old 0\nAA\n\nx`, 'old 0', 'young 1\n\nx']) expect(() => parseAddCheckpoint(broken)).toThrow(withCode('add-checkpoint-malformed'));
  });
});
