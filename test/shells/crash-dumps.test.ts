import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { keepCrashDumps, pruneDumps } from '../../src/shells/electron/crash-dumps.ts';

function folder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'litfass-dumps-'));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  return dir;
}

it('keeps the ten newest dumps and nothing else of them', () => {
  const dir = folder();
  mkdirSync(join(dir, 'completed'));
  for (let age = 0; age < 15; age += 1) {
    const file = join(dir, 'completed', `${String(age)}.dmp`);
    writeFileSync(file, 'x');
    utimesSync(file, 2_000 - age, 2_000 - age);
  }
  writeFileSync(join(dir, 'settings.dat'), 'x');
  expect(pruneDumps(dir)).toBe(5);
  expect(readdirSync(join(dir, 'completed')).sort()).toEqual(Array.from({ length: 10 }, (_, age) => `${String(age)}.dmp`).sort());
});

it('sends none anywhere', () => {
  const electron = { app: { setPath: vi.fn() }, crashReporter: { start: vi.fn() } };
  const dir = join(folder(), 'crashes');
  keepCrashDumps(electron as unknown as Parameters<typeof keepCrashDumps>[0], dir, () => undefined);
  expect(electron.crashReporter.start).toHaveBeenCalledWith({ uploadToServer: false });
  expect(electron.app.setPath).toHaveBeenCalledWith('crashDumps', dir);
});
