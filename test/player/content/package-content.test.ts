import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { htmlPage } from '../../../src/player/content/html-content.ts';
import { packageFile, Packages } from '../../../src/player/content/package-content.ts';
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

it('a page that is a creative connects to nothing but what it brings along, whatever it is made of', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'litfass-packages-'));
  onTestFinished(() => rm(dir, { recursive: true }));
  const path = join(dir, 'file');
  await writeFile(path, zip([{ name: 'index.html', content: '<p>Soup' }]));
  const html = await htmlPage(new Request('http://player/content/html/a'), path);
  const packaged = await packageFile(await new Packages(() => path).open('a'), 'index.html', 'http://player/packages/k/a/');
  expect([html, packaged].map(({ headers }) => headers.get('connection-allowlist'))).toEqual(['()', '(response-origin)']);
  for (const { headers } of [html, packaged]) expect(headers.get('x-dns-prefetch-control')).toBe('off');
  expect(await packaged.text()).toMatch(/^<script>\{ for \(const name of \['RTCPeerConnection'/);
  expect(await html.text()).toMatch(/^<script>\{ for \(const name of \['RTCPeerConnection'/);
});
