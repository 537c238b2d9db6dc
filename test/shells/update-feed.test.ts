import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openUpdates } from '../../src/shells/electron/open-updates.ts';
import { readUpdateFeed } from '../../src/shells/electron/update-feed.ts';

function machine(feed?: string): string {
  const dir = mkdtempSync(join(tmpdir(), 'litfass-feed-'));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  if (feed !== undefined) writeFileSync(join(dir, 'update-feed.json'), feed);
  return dir;
}

it('is what the environment says, else what the data folder says, else nothing', () => {
  const dir = machine('{"url":"https://updates.example/litfass"}');
  expect(readUpdateFeed(dir, {})).toBe('https://updates.example/litfass');
  expect(readUpdateFeed(dir, { LITFASS_UPDATES: 'https://other.example/' })).toBe('https://other.example/');
  expect(readUpdateFeed(machine(), {})).toBeNull();
});

it.each([['{"url":"http://updates.example/litfass"}', 'https'], ['{"url":"http://localhost.example/"}', 'https'], ['{"url":"file:///srv"}', 'Correct it'], ['{"url":', 'Correct it'], ['{}', 'Correct it']])('is refused when it says %s: what comes from there is run', (text, why) => {
  expect(() => readUpdateFeed(machine(text), {})).toThrow(why);
});

it.each([
  ['a file that cannot be read', '{', {}, /none are looked for: .*update-feed\.json cannot be read/],
  ['a package of the system, which its manager replaces', '{"url":"https://updates.example/litfass"}', {}, /is not asked: what the system's package manager installed/],
])('keeps nothing from the screen: %s', async (_what, text, env, words) => {
  const said: string[] = [];
  const never = (): void => expect.fail('nothing is installed');
  expect(await openUpdates({ dataDir: machine(text), version: '1.0.0', platform: 'linux', env, native: { on: never } as never, restart: never, makeWay: never, say: (line) => said.push(line) })).toBeNull();
  expect(said).toEqual([expect.stringMatching(words)]);
});
