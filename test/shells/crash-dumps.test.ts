import { EventEmitter } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { screenSettingsSchema } from '../../src/contract/index.ts';
import { crashArguments, crashEnvironment, keepsDumps } from '../../src/shells/chromium/crash-switches.ts';
import { openCrashFolder } from '../../src/shells/crash-dumps.ts';
import { maySeePeople, reportCrashes } from '../../src/shells/electron/report-crashes.ts';

function folder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'litfass-dumps-'));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  return dir;
}

function fill(dir: string, count: number): void {
  mkdirSync(join(dir, 'pending'), { recursive: true });
  for (let age = 0; age < count; age += 1) {
    const file = join(dir, 'pending', `${String(age)}.dmp`);
    writeFileSync(file, 'x');
    writeFileSync(file.replace('.dmp', '.meta'), 'x');
    utimesSync(file, 2_000 - age, 2_000 - age);
  }
}

it('keeps the ten newest dumps and nothing else of them, for the owner of the folder alone', () => {
  const dir = join(folder(), 'crashes');
  expect(openCrashFolder(dir)).toBe(0);
  if (process.platform !== 'win32') expect(statSync(dir).mode & 0o777).toBe(0o700);
  fill(dir, 15);
  writeFileSync(join(dir, 'settings.dat'), 'x');
  expect(openCrashFolder(dir)).toBe(5);
  expect(readdirSync(join(dir, 'pending')).sort()).toEqual(Array.from({ length: 10 }, (_, age) => [`${String(age)}.dmp`, `${String(age)}.meta`]).flat().sort());
});

describe('in Electron', () => {
  const rig = () => {
    const app = Object.assign(new EventEmitter(), { setPath: vi.fn() });
    return { app, crashReporter: { start: vi.fn() } };
  };
  type Given = Parameters<typeof reportCrashes>[0];

  it('sends no dump anywhere, and tidies up after each crash', () => {
    const electron = rig();
    const dir = join(folder(), 'crashes');
    reportCrashes(electron as unknown as Given, dir, false, () => undefined);
    expect(electron.crashReporter.start).toHaveBeenCalledWith({ uploadToServer: false });
    expect(electron.app.setPath).toHaveBeenCalledWith('crashDumps', dir);
    fill(dir, 12);
    electron.app.emit('render-process-gone');
    expect(readdirSync(join(dir, 'pending')).filter((name) => name.endsWith('.dmp'))).toHaveLength(10);
  });

  it('writes none where people may be seen, and removes those of before', () => {
    const electron = rig();
    const dir = join(folder(), 'crashes');
    fill(dir, 2);
    reportCrashes(electron as unknown as Given, dir, true, () => undefined);
    expect(electron.crashReporter.start).not.toHaveBeenCalled();
    expect(existsSync(dir)).toBe(false);
  });

  it('takes a screen that is still to be set up, or has a camera or a film of people, for one that sees them', () => {
    const settings = screenSettingsSchema.parse({ v: 1, hubUrl: 'https://hub.example', name: 'Window', timeZone: 'UTC', display: null, rotation: 0, camera: null });
    const none = { kind: 'none' } as const;
    expect(maySeePeople(none, false, null)).toBe(true);
    expect(maySeePeople(none, false, { ...settings, camera: { label: null } })).toBe(true);
    expect(maySeePeople({ kind: 'camera' }, true, null)).toBe(true);
    expect(maySeePeople({ kind: 'clip', file: 'people.mp4' }, true, null)).toBe(true);
    expect(maySeePeople(none, false, settings)).toBe(false);
    expect(maySeePeople(none, true, null)).toBe(false);
    expect(maySeePeople({ kind: 'recorded', file: 'walk-by.ndjson' }, true, null)).toBe(false);
  });
});

it('in Chromium, the browser with the camera is told to write nothing, whatever its surroundings and whoever asks say', () => {
  const camera = { camera: true, crashes: '/crashes' };
  expect(keepsDumps(camera)).toBe(false);
  expect(crashArguments(camera)).toEqual(['--disable-breakpad']);
  expect(crashEnvironment(camera)).toEqual({ BREAKPAD_DUMP_LOCATION: undefined, CHROME_HEADLESS: undefined });
  expect(keepsDumps({})).toBe(false);
});
