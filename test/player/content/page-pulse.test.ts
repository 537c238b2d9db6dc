import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { fileWithPulse, withPulse } from '../../../src/player/content/page-pulse.ts';

/** What stands before and after the player's script. */
function parts(page: string): readonly [string, string] {
  const [whole, before = '', after = ''] = /^([^]*?)<script>\{ for [^]*?const \{ port1[^]*?<\/script>([^]*)$/.exec(withPulse(Buffer.from(page)).toString()) ?? [];
  if (whole === undefined) throw new Error('there is no script of the player');
  return [before, after];
}

it.each([
  ['behind its document type', '<!doctype html>', '<p>x'],
  ['whatever stands before that', '\ufeff\n<!-- ours -->\n<!DOCTYPE html PUBLIC "-//W3C//DTD HTML 4.01//EN">', '\n<html>'],
  ['behind a thousand comments before that', `${'<!---->'.repeat(500)}<!--> <!---> <!-- a --!><!-- <!doctype --><!doctype html>`, '<p>x'],
  ['at the start of a page of comments', '', '<!---->'.repeat(1_000)],
  ['at the start of a page whose comment never ends', '', '<!--!><!doctype html>'],
  ['at the start of a page that has none', '', '<p>x<!doctype html>'],
])('stands before every script of a page, %s', (_where, before, after) => {
  expect(parts(before + after)).toEqual([before, after]);
});

it('stays away from a page in UTF-16', () => {
  const page = Buffer.from('\ufeff<p>x', 'utf16le');
  expect(withPulse(page)).toEqual(page);
});

it.each([0, 10, 4_096, 200_000])('leaves every byte of a file of %i bytes as it is', async (bytes) => {
  const dir = await mkdtemp(join(tmpdir(), 'litfass-pulse-'));
  onTestFinished(() => rm(dir, { recursive: true }));
  const page = Buffer.alloc(bytes, '<p>Grüße ');
  await writeFile(join(dir, 'page'), page);
  const sent = Buffer.from(await new Response(fileWithPulse(join(dir, 'page'))).arrayBuffer());
  const end = sent.indexOf('</script>') + '</script>'.length;
  expect(sent.subarray(end)).toEqual(page);
});
