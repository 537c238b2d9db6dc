import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPackage } from '../../src/content/index.ts';
import { zip, type ZipFile } from './zip.ts';

const PAGE: ZipFile = { name: 'index.html', content: '<!doctype html><p>Soup' };

let dir: string;
beforeAll(async () => void (dir = await mkdtemp(join(tmpdir(), 'litfass-package-'))));
afterAll(() => rm(dir, { recursive: true }));

async function opened(bytes: Uint8Array) {
  const path = join(dir, 'package.zip');
  await writeFile(path, bytes);
  return openPackage(path);
}

describe('an HTML package', () => {
  it('is read file by file, also one that another program has packed', async () => {
    for (const bytes of [zip([PAGE, { name: 'img/a.svg', content: '<svg/>' }]), zipSync({ 'index.html': Buffer.from(PAGE.content), img: { 'a.svg': Buffer.from('<svg/>') } }, { level: 9 })]) {
      const { manifest, ...files } = await opened(bytes);
      expect((await files.read('index.html'))?.toString()).toBe(PAGE.content);
      expect((await files.read('img/a.svg'))?.toString()).toBe('<svg/>');
      expect(await files.read('img/b.svg')).toBeNull();
      expect(await files.read('../package.zip')).toBeNull();
      expect(manifest).toEqual({ v: 1, fields: [] });
    }
  });

  it('names its live fields, each with a default', async () => {
    const fields = [{ name: 'soup', default: 'Lentils', from: { source: 'kitchen', pointer: '/today/soup' } }];
    expect((await opened(zip([PAGE, { name: 'litfass.json', content: JSON.stringify({ v: 1, fields }) }]))).manifest.fields).toEqual(fields);
    for (const content of ['{', '{"v":1}', JSON.stringify({ v: 1, fields: [{ name: 'soup', default: '', from: { screen: 'audience' } }] }), JSON.stringify({ v: 1, fields: [{ name: 'soup', default: 1, from: { source: 'a', pointer: 'no/slash' } }] })]) {
      await expect(opened(zip([PAGE, { name: 'litfass.json', content }])), content).rejects.toMatchObject({ code: 'package-invalid', message: expect.stringContaining('litfass.json') as string });
    }
  });

  it('needs an index.html at its top', async () => {
    await expect(opened(zip([{ name: 'menu/index.html', content: '' }]))).rejects.toMatchObject({ code: 'package-invalid', message: expect.stringContaining('not the folder') as string });
  });

  const evil: readonly (readonly [what: string, file: ZipFile, says: string])[] = [
    ['a name that climbs out', { name: '../secret.html', content: '' }, 'leads out'],
    ['a name that climbs out from below', { name: 'a/../../secret', content: '' }, 'leads out'],
    ['an empty step', { name: 'a//b', content: '' }, 'leads out'],
    ['an absolute name', { name: '/etc/passwd', content: '' }, 'root of a disk'],
    ['a drive', { name: 'C:/windows', content: '' }, 'root of a disk'],
    ['a backslash', { name: '..\\secret', content: '' }, 'backslash'],
    ['a control character', { name: 'a\u0000.html', content: '' }, 'cannot be written'],
    ['a symbolic link', { name: 'link', content: '/etc/passwd', claims: { mode: 0o120_777 } }, 'is a link'],
    ['a second index.html', { name: 'index.html', content: 'other' }, 'twice'],
    ['an encrypted file', { name: 'a', content: '', claims: { flags: 1 } }, 'encrypted'],
    ['an unknown method', { name: 'a', content: '', claims: { method: 14 } }, 'method 14'],
    ['a bomb', { name: 'bomb', content: Buffer.alloc(40_000_000) }, 'times its size'],
    ['a bomb that says so', { name: 'bomb', content: 'x', claims: { bytes: 4_000_000_000 } }, '50 MB is the most'],
    ['a file that says to be packed in 4 GB', { name: 'huge', content: 'x', claims: { packedBytes: 4_294_967_290 } }, '50 MB is the most'],
    ['a file that reaches into the directory', { name: 'far', content: 'x', claims: { packedBytes: 200 } }, 'lies over the directory'],
    ['a file that begins behind the end', { name: 'far', content: 'x', claims: { offset: 4_294_967_290 } }, 'lies over the directory'],
    ['a file that lies over another', { name: 'over', content: Buffer.from(Array.from({ length: 900 }, (_, index) => (index * 7919) % 251)), claims: { offset: 5 } }, 'lies over'],
  ];
  it.each(evil)('with %s is refused', async (_what, file, says) => {
    await expect(opened(zip([PAGE, file]))).rejects.toMatchObject({ code: 'package-unsafe', message: expect.stringContaining(says) as string });
  });

  it('with too many files, or too much in all of them, is refused', async () => {
    await expect(opened(zip([PAGE, ...Array.from({ length: 2_000 }, (_, index) => ({ name: `f${index}`, content: '' }))]))).rejects.toMatchObject({ code: 'package-unsafe' });
    const noise = { content: Buffer.from(Array.from({ length: 300_000 }, (_, index) => (index * index) % 241)), claims: { bytes: 49_000_000 } };
    await expect(opened(zip([PAGE, ...['a', 'b', 'c', 'd', 'e'].map((name) => ({ name, ...noise }))]))).rejects.toMatchObject({ code: 'package-unsafe', message: expect.stringMatching(/200 MB is the most|times its size/) as string });
  });

  it('never unpacks to more than it said', async () => {
    const liar = await opened(zip([PAGE, { name: 'liar', content: Buffer.alloc(100_000), claims: { bytes: 50 } }]));
    await expect(liar.read('liar')).rejects.toMatchObject({ code: 'package-broken' });
  });

  it('that is cut off or damaged is refused, wherever that is', async () => {
    const whole = zip([PAGE, { name: 'litfass.json', content: '{"v":1,"fields":[]}' }]);
    for (let length = 0; length < whole.length; length += 7) await expect(opened(whole.subarray(0, length)), `${length} bytes`).rejects.toMatchObject({ name: 'LitfassError' });
    for (let at = 0; at < whole.length; at += 1) {
      const flipped = Buffer.from(whole);
      flipped[at] = (flipped[at] ?? 0) ^ 0x55;
      // What is not refused reads as what it was, or not at all.
      const content = await opened(flipped).then((files) => files.read('index.html')).catch((error: unknown) => error);
      if (content instanceof Error) expect(content, `byte ${at}`).toMatchObject({ name: 'LitfassError' });
      else expect((content as Buffer | null)?.toString() ?? PAGE.content, `byte ${at}`).toBe(PAGE.content);
    }
  });
});
