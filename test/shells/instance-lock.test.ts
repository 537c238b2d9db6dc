import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { lockInstance } from '../../src/shells/instance-lock.ts';

function folder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'litfass-lock-'));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  return dir;
}

it('lets one player in, and the next when it has left', () => {
  const dir = folder();
  const lock = lockInstance(dir);
  expect(() => lockInstance(dir)).toThrow(`another player (process ${process.pid}) runs on ${dir} already`);
  lock.release();
  lockInstance(dir).release();
});

it('does not wait for a player that was killed', async () => {
  const dir = folder();
  const script = `import { lockInstance } from ${JSON.stringify(new URL('../../src/shells/instance-lock.ts', import.meta.url).href)}; globalThis.held = lockInstance(${JSON.stringify(dir)}); process.stdout.write('locked'); setInterval(() => undefined, 1000);`;
  const other = spawn(process.execPath, ['--input-type=module', '--eval', script]);
  await new Promise((resolve) => other.stdout.once('data', resolve));
  expect(() => lockInstance(dir)).toThrow(`process ${String(other.pid)}`);
  other.kill('SIGKILL');
  await new Promise((resolve) => other.once('close', resolve));
  lockInstance(dir).release();
});

it.each(['', '1', String(process.pid), String(process.ppid), `${process.ppid} `, '1 12345678901'])('does not stay out for what a power cut left, not even when another program has that number now: "%s"', (left) => {
  const dir = folder();
  writeFileSync(join(dir, 'player.lock'), left);
  writeFileSync(join(dir, 'player.held'), '');
  lockInstance(dir).release();
});

it('says that another one runs, too, where that one could not write down who it is', () => {
  const dir = folder();
  const lock = lockInstance(dir);
  writeFileSync(join(dir, 'player.lock'), '');
  expect(() => lockInstance(dir)).toThrow(`another player runs on ${dir} already`);
  lock.release();
});

it('does without on a disk that takes nothing', () => {
  const dir = folder();
  // A folder in its place takes no lock either, and refuses root as well.
  mkdirSync(join(dir, 'player.held'));
  lockInstance(dir).release();
});
