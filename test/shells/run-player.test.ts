import { fork, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { openLog } from '../../src/impressions/index.ts';
import { openDepartures } from '../../src/shells/supervision/departure.ts';
import { TO_PARENT } from '../../src/shells/supervision/service-notice.ts';

const LIFE = fileURLToPath(new URL('./one-life.ts', import.meta.url));
const soon = { timeout: 60_000, interval: 50 };

function folder(): { readonly dir: string; readonly dataDir: string } {
  const dir = mkdtempSync(join(tmpdir(), 'litfass-life-'));
  onTestFinished(() => rmSync(dir, { recursive: true, maxRetries: 3 }));
  const dataDir = join(dir, 'screen');
  mkdirSync(dataDir);
  return { dir, dataDir };
}

/** All that it tells, in its order. */
function live(dir: string, what: string): { readonly told: unknown[]; readonly life: ChildProcess } {
  const life = fork(LIFE, [dir, what], { execPath: process.execPath, execArgv: [], stdio: ['ignore', 'inherit', 'inherit', 'ipc'], env: { ...process.env, NOTIFY_SOCKET: TO_PARENT, WATCHDOG_USEC: '3000000' } });
  const told: unknown[] = [];
  life.on('message', (message) => told.push(message));
  onTestFinished(() => void life.kill('SIGKILL'));
  return { told, life };
}

function faultsIn(dataDir: string): string[] {
  const log = openLog({ file: join(dataDir, 'player.db') });
  try {
    return log.rows(0, 500).map(({ leaf }) => JSON.parse(leaf) as { type: string; code: string }).filter(({ type }) => type === 'fault').map(({ code }) => code);
  } finally {
    log.close();
  }
}

it.each([
  ['rejects', 'nobody waits for me'],
  ['throws', 'nobody catches me'],
])('a player that %s somewhere writes down why, with the place, and asks to be started again, counted', async (what, message) => {
  const { dir, dataDir } = folder();
  const { told } = live(dir, what);
  await expect.poll(() => told, soon).toContainEqual(expect.objectContaining({ departure: 'restart', listeners: 0 }));
  expect(readFileSync(join(dataDir, 'logs/player.log'), 'utf8')).toMatch(new RegExp(`An error that nobody handled: Error: ${message}.*one-life\\.ts`));
  expect(faultsIn(dataDir)).toEqual(['unhandled-error']);
  expect(JSON.parse(readFileSync(join(dataDir, 'departures.json'), 'utf8'))).toMatchObject({ restarts: 1 });
});

it('a player that was started again often enough says so once, and counts as alive although its picture is frozen', async () => {
  const { dir, dataDir } = folder();
  for (let life = 0; life < 3; life += 1) await openDepartures(dataDir, false).next(1);
  const { told, life } = live(dir, 'freezes');
  await expect.poll(() => told, soon).toContain('FROZEN');
  const fed = (): number => told.slice(told.indexOf('FROZEN')).filter((state) => state === 'WATCHDOG=1').length;
  await expect.poll(fed, soon).toBeGreaterThan(1);
  life.send('stop');
  await expect.poll(() => told, soon).toContainEqual(expect.objectContaining({ departure: null }));
  expect(faultsIn(dataDir)).toEqual(['stage-lost']);
});
