import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openTextLog } from '../../src/player/text-log.ts';

function folder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'litfass-log-'));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  return dir;
}

const now = (): Date => new Date('2026-05-04T10:00:00Z');

it('writes a line a line, with the time, across restarts', () => {
  const dir = folder();
  openTextLog({ dir, now })('first\nforged: all is well');
  openTextLog({ dir, now })('second');
  expect(readFileSync(join(dir, 'player.log'), 'utf8')).toBe('2026-05-04T10:00:00.000Z first ⏎ forged: all is well\n2026-05-04T10:00:00.000Z second\n');
});

it('never holds more than five files of their size, the newest lines first of all', () => {
  const dir = folder();
  const log = openTextLog({ dir, now, mostBytes: 1_000 });
  for (let line = 0; line < 1_000; line += 1) log(`line ${line}`);
  expect(readdirSync(dir).sort()).toEqual(['player.log', 'player.log.1', 'player.log.2', 'player.log.3', 'player.log.4']);
  for (const name of readdirSync(dir)) expect(statSync(join(dir, name)).size).toBeLessThanOrEqual(1_000);
  expect(readFileSync(join(dir, 'player.log'), 'utf8')).toContain('line 999\n');
});

it('is no reason to stop when it cannot be written', () => {
  const file = join(folder(), 'file');
  writeFileSync(file, '');
  expect(() => openTextLog({ dir: join(file, 'logs'), now })('x')).not.toThrow();
});
