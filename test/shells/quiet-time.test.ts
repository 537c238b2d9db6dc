import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { isQuietTime } from '../../src/shells/electron/quiet-time.ts';

describe('nobody looks', () => {
  /** A machine whose screens lie in these folders, each with what stands in its files. */
  function machine(screens: Readonly<Record<string, { readonly timeZone?: string; readonly hours?: readonly object[] }>>): string {
    const dir = mkdtempSync(join(tmpdir(), 'litfass-quiet-'));
    onTestFinished(() => rmSync(dir, { recursive: true }));
    for (const [folder, { timeZone, hours }] of Object.entries(screens)) {
      mkdirSync(join(dir, folder, 'keys'), { recursive: true });
      if (timeZone !== undefined) writeFileSync(join(dir, folder, 'settings.json'), JSON.stringify({ v: 1, hubUrl: 'https://hub.example', name: 'Window', timeZone, display: null, rotation: 0, camera: null }));
      if (hours !== undefined) writeFileSync(join(dir, folder, 'display.json'), JSON.stringify({ power: { kind: 'cec', device: '/dev/cec0' }, hours }));
    }
    return dir;
  }
  const at = (dir: string, utc: string): boolean => isQuietTime(dir, new Date(utc));
  const everyDay = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

  it('between three and four where the screen stands, whatever zone the machine is in', () => {
    const dir = machine({ '.': { timeZone: 'Asia/Tokyo' } });
    expect([at(dir, '2026-05-04T18:30:00Z'), at(dir, '2026-05-04T03:30:00Z'), at(dir, '2026-05-04T19:00:00Z')]).toEqual([true, false, false]);
  });

  it('while the display is off by its hours', () => {
    const dir = machine({ '.': { timeZone: 'Europe/Berlin', hours: [{ days: everyDay, on: '08:00', off: '20:00' }] } });
    expect([at(dir, '2026-05-04T18:30:00Z'), at(dir, '2026-05-04T17:30:00Z')]).toEqual([true, false]);
  });

  it('of a machine with several screens only when nobody looks at any of them', () => {
    const dir = machine({ 'displays/1': { timeZone: 'Europe/Berlin', hours: [{ days: everyDay, on: '08:00', off: '20:00' }] }, 'displays/2': { timeZone: 'Europe/Berlin' } });
    expect([at(dir, '2026-05-04T18:30:00Z'), at(dir, '2026-05-04T01:30:00Z')]).toEqual([false, true]);
  });

  it('is decided by the machine’s own zone before anybody said another, and with a file that cannot be read', () => {
    const dir = machine({ '.': {} });
    const night = new Date(2026, 4, 4, 3, 30);
    expect(isQuietTime(dir, night)).toBe(true);
    writeFileSync(join(dir, 'display.json'), '{');
    expect([isQuietTime(dir, night), isQuietTime(dir, new Date(2026, 4, 4, 12))]).toEqual([true, false]);
  });
});
