import { describe, expect, it } from 'vitest';
import { runOfScreen, type ElectronRun } from '../../../src/shells/electron/electron-run.ts';
import { parseDisplays, shareOut } from '../../../src/shells/screens/share-out.ts';

const none = (): boolean => false;

describe('what the screens of one machine get of what was said once', () => {
  it('a folder, a name and a pairing code each, and the camera for the first', () => {
    const screens = shareOut({ dataDir: '/data', displays: ['2', 'DELL U2720Q'], hubUrl: 'https://hub.example', pairingCodes: ['A', 'B'], name: 'Bread shelf', reportFile: '/tmp/report.json' }, none);
    expect(screens).toEqual([
      { display: '2', dataDir: '/data/displays/2', name: 'Bread shelf 2', pairingCode: 'A', reportFile: '/tmp/report-2.json', mayUseCamera: true },
      { display: 'DELL U2720Q', dataDir: '/data/displays/dell-u2720q', name: 'Bread shelf DELL U2720Q', pairingCode: 'B', reportFile: '/tmp/report-dell-u2720q.json', mayUseCamera: false },
    ]);
  });

  it('no name where each is to be asked for its own', () => {
    expect(shareOut({ dataDir: '/data', displays: ['1', '2'] }, none).map(({ name }) => name)).toEqual([undefined, undefined]);
  });

  it('keeps the screen that this machine was before: it goes on as the first that has no folder yet', () => {
    const folders = (displays: string[], ...there: string[]) => shareOut({ dataDir: '/data', displays }, (path) => there.includes(path)).map(({ dataDir }) => dataDir);
    expect(folders(['1', '2'], '/data/keys')).toEqual(['/data', '/data/displays/2']);
    expect(folders(['2', '1'], '/data/keys', '/data/displays/2')).toEqual(['/data/displays/2', '/data']);
    expect(folders(['1', '2'], '/data/keys', '/data/displays/1', '/data/displays/2')).toEqual(['/data/displays/1', '/data/displays/2']);
  });

  it('refuses what would give two screens one log, or one code to two screens', () => {
    expect(() => shareOut({ dataDir: '/data', displays: ['Shelf', 'shelf'] }, none)).toThrow('would share a data folder');
    expect(() => shareOut({ dataDir: '/data', displays: ['1', '2'], pairingCodes: ['A'] }, none)).toThrow('2 displays and 1 pairing codes');
    expect(() => shareOut({ dataDir: '/data', displays: ['..'] }, none)).toThrow('no letter or figure');
  });

  it('reads a list as people write it', () => {
    expect(parseDisplays('1, 2,Counter')).toEqual(['1', '2', 'Counter']);
    expect(() => parseDisplays('1,,2')).toThrow('with commas between them');
  });
});

it('tells Electron’s screens apart: a display and a camera for each, and none of them runs several again', () => {
  const run: ElectronRun = { dataDir: '/data', projectDir: '/app/', version: '1', windowed: false, extras: {}, source: { kind: 'camera' }, seconds: null, reportFile: null, mayReboot: true, displays: ['1', '2'], pairingCodes: ['A', 'B'], hubUrl: 'https://hub.example' };
  const [first, second] = shareOut({ dataDir: '/data', displays: ['1', '2'], pairingCodes: ['A', 'B'], hubUrl: 'https://hub.example' }, none).map((share) => runOfScreen(run, share));
  expect(first).toMatchObject({ display: '1', dataDir: '/data/displays/1', pairingCode: 'A', name: 'Screen 1', source: { kind: 'camera' }, mayReboot: true });
  expect(second).toMatchObject({ display: '2', dataDir: '/data/displays/2', pairingCode: 'B', source: { kind: 'none' } });
  const film = { kind: 'clip', file: 'people.mp4' } as const;
  expect(runOfScreen({ ...run, source: film }, { display: '2', dataDir: '/data/displays/2', mayUseCamera: false }).source).toEqual(film);
});
