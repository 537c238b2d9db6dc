import { describe, expect, it } from 'vitest';
import { fromBase64 } from '../../../../renderer/console/audit/verify/bytes.ts';
import { parseCheckpoint } from '../../../../renderer/console/audit/verify/checkpoint.ts';
import { checkSignature } from '../../../../renderer/console/audit/verify/note-signature.ts';
import { parseSignedNote } from '../../../../renderer/console/audit/verify/signed-note.ts';
import { parseVerifierKey } from '../../../../renderer/console/audit/verify/verifier-key.ts';
import { witnessSigner } from './tree.ts';

// C2SP@5ba5ee83 signed-note.md
const FOO = {
  key: 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k',
  note: 'This is an example message.\n\n\u2014 example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n',
};
// golang/mod sumdb/note/note_test.go
const NEUMANN = {
  key: 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW',
  text: "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n",
  line: '\u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n',
};

const stateOf = async (note: string, key: string): Promise<string> => (await checkSignature(parseSignedNote(note), await parseVerifierKey(key))).state;

describe('a signed note', () => {
  it.each([
    ['the one of the C2SP text', FOO.note, FOO.key],
    ['the one of the Go package', `${NEUMANN.text}\n${NEUMANN.line}`, NEUMANN.key],
  ])('is good: %s', async (_, note, key) => {
    expect(await stateOf(note, key)).toBe('good');
  });

  it('is bad as soon as a character of the text is another', async () => {
    expect(await stateOf(FOO.note.replace('example message', 'example massage'), FOO.key)).toBe('bad');
  });

  it('is split at its last empty line: the text may hold empty lines', () => {
    expect(parseSignedNote(`one\n\ntwo\n\n${NEUMANN.line}`).text).toBe('one\n\ntwo\n');
  });

  it('says nothing about a key that has not signed, though the name be the same', async () => {
    expect(await stateOf(FOO.note, NEUMANN.key)).toBe('absent');
    const { key } = witnessSigner('example.com/foo', 1_700_000_000);
    expect(await stateOf(FOO.note, key)).toBe('absent');
  });

  it('is bad when one of two lines of the same key is', async () => {
    const forged = FOO.note.split('\n')[2]!.replace('Uw2QOkn8', 'Uw2QOkn9');
    expect(await stateOf(`${FOO.note}${forged}\n`, FOO.key)).toBe('bad');
  });

  it('is bad when a signature has another length than its kind', async () => {
    const short = Buffer.from('530d903a00ff', 'hex').toString('base64');
    expect(await stateOf(`text\n\n\u2014 example.com/foo ${short}\n`, FOO.key)).toBe('bad');
  });

  it('gives the time of a cosignature, which is signed too', async () => {
    const witness = witnessSigner('witness.example/w', 1_780_000_000);
    const key = await parseVerifierKey(witness.key);
    const line = witness.line('log\n1\nroot\n');
    expect(await checkSignature(parseSignedNote(`log\n1\nroot\n\n${line}`), key)).toEqual({ state: 'good', timeMs: 1_780_000_000_000 });
    const bytes = Buffer.from(line.split(' ')[2]!, 'base64');
    bytes[11]! ^= 1;
    expect(await checkSignature(parseSignedNote(`log\n1\nroot\n\n\u2014 witness.example/w ${bytes.toString('base64')}\n`), key)).toEqual({ state: 'bad' });
  });

  it.each([
    ['no empty line', `text\n${NEUMANN.line}`],
    ['no signature', 'text\n\n'],
    ['no last newline', FOO.note.slice(0, -1)],
    ['an empty line at the end', `${FOO.note}\n`],
    ['a hyphen in place of the dash', FOO.note.replace('\u2014', '-')],
    ['two spaces', FOO.note.replace('foo Uw', 'foo  Uw')],
    ['a name with a plus sign', FOO.note.replace('example.com/foo', 'example+foo')],
    ['base64 without padding', FOO.note.replace('aQM=', 'aQM')],
    ['base64 with bits that say nothing', FOO.note.replace('aQM=', 'aQN=')],
    ['base64url', FOO.note.replace('IneyaQM=', 'Ine_-QM=')],
    ['a carriage return', FOO.note.replace('message.\n', 'message.\r\n')],
    ['half a character', FOO.note.replace('message', 'm\ud83dssage')],
    ['a signature of four bytes', `text\n\n\u2014 foo ${Buffer.from('530d903a', 'hex').toString('base64')}\n`],
  ])('is refused with %s', (_, note) => {
    expect(() => parseSignedNote(note)).toThrow(expect.objectContaining({ code: 'note-malformed' }) as Error);
  });
});

describe('a verifier key', () => {
  it('is read with its kind', async () => {
    expect(await parseVerifierKey(FOO.key)).toMatchObject({ name: 'example.com/foo', keyId: '530d903a', kind: 'note' });
    expect(await parseVerifierKey(witnessSigner('w', 1).key)).toMatchObject({ name: 'w', kind: 'cosignature' });
  });

  it.each([
    ['another key id', FOO.key.replace('530d903a', '530d903b')],
    ['another name', FOO.key.replace('foo', 'bar')],
    ['a key of another type', FOO.key.replace('+Aeky', '+Aukb')],
    ['base64 in another spelling', `${FOO.key} `],
    ['a missing part', 'example.com/foo+530d903a'],
    ['a private key', 'PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz'],
  ])('is refused with %s', async (_, text) => {
    await expect(parseVerifierKey(text)).rejects.toMatchObject({ code: 'key-malformed' });
  });
});

describe('a checkpoint', () => {
  const root = Buffer.alloc(32, 7).toString('base64');

  it('is origin, size and root; extensions are signed and say nothing', () => {
    expect(parseCheckpoint(`log\n12\n${root}\nextension\n`)).toEqual({ origin: 'log', size: 12n, root: new Uint8Array(32).fill(7) });
    expect(parseCheckpoint(`log\n0\n${root}\n`).size).toBe(0n);
  });

  it.each([
    ['no origin', `\n12\n${root}\n`],
    ['a size with a leading zero', `log\n012\n${root}\n`],
    ['a hexadecimal size', `log\n0x10\n${root}\n`],
    ['a size in spaces', `log\n 12 \n${root}\n`],
    ['no size', `log\n\n${root}\n`],
    ['a negative size', `log\n-1\n${root}\n`],
    ['a root of 31 bytes', `log\n12\n${Buffer.alloc(31).toString('base64')}\n`],
    ['a root in another spelling', `log\n12\n${root.replace('c=', 'd=')}\n`],
    ['no last newline', `log\n12\n${root}`],
    ['an empty extension', `log\n12\n${root}\n\n`],
  ])('is refused with %s', (_, text) => {
    expect(() => parseCheckpoint(text)).toThrow(expect.objectContaining({ code: 'checkpoint-malformed' }) as Error);
  });
});

describe('base64', () => {
  it.each(['AB==', ' AA==', 'AA= =', 'AA', 'A', 'AA-_', '!AA=='])('has one spelling, and "%s" is none', (text) => {
    expect(fromBase64(text)).toBeNull();
  });
});
