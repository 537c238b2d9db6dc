import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { Packages } from '../../../src/player/content/package-content.ts';
import { zip } from '../../content/zip.ts';

it('a package that could not be read is opened anew: its file may have been fetched again', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'litfass-packages-'));
  onTestFinished(() => rm(dir, { recursive: true }));
  const path = join(dir, 'package');
  const page = { name: 'index.html', content: '<p>Soup' };
  const packages = new Packages(() => path);
  await writeFile(path, zip([{ name: 'a', content: 'changed by the disk' }, page]));
  const read = async () => (await (await packages.open('a')).read('index.html'))?.toString();
  expect(await read()).toBe('<p>Soup');
  await writeFile(path, zip([page]));
  await expect(read()).rejects.toMatchObject({ code: 'package-broken' });
  expect(await read()).toBe('<p>Soup');
});
