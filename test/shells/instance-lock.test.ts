import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
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
  const script = `import { lockInstance } from ${JSON.stringify(new URL('../../src/shells/instance-lock.ts', import.meta.url).href)}; lockInstance(${JSON.stringify(dir)}); process.stdout.write('locked'); setInterval(() => undefined, 1000);`;
  const other = spawn(process.execPath, ['--input-type=module', '--eval', script]);
  await new Promise((resolve) => other.stdout.once('data', resolve));
  expect(() => lockInstance(dir)).toThrow(`process ${String(other.pid)}`);
  other.kill('SIGKILL');
  await new Promise((resolve) => other.once('close', resolve));
  lockInstance(dir).release();
});

it.skipIf(process.platform !== 'linux')('is not fooled by a process that got the number of a dead one', () => {
  const dir = folder();
  writeFileSync(join(dir, 'player.lock'), `1 12345678901`);
  lockInstance(dir).release();
});

it('does not stay out for a lock that a power cut left empty', () => {
  const dir = folder();
  writeFileSync(join(dir, 'player.lock'), '');
  lockInstance(dir).release();
});
