import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { setUpStateSchema, type OfferedDisplay, type ScreenSettings } from '../../src/contract/index.ts';
import { foldersOfScreens, openSetUp, readDisplays } from '../../src/player/index.ts';
import { writeSettings } from '../../src/player/settings-file.ts';

const TWO: readonly OfferedDisplay[] = [
  { display: 'Shelf', label: '1: Shelf 1920×1080' },
  { display: 'Counter', label: '2: Counter 1080×1920' },
];

function folder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'litfass-set-up-'));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  return dir;
}

function visit(dataDir: string, displays: readonly OfferedDisplay[], ownDisplay?: string) {
  const setUp = openSetUp({ dataDir, projectDir: '/nowhere/', displays: () => Promise.resolve(displays), ...(ownDisplay === undefined ? {} : { ownDisplay }) });
  const ask = (path: string, body?: unknown, role: 'screen' | 'view' = 'screen') => setUp.fetch(new Request(`http://127.0.0.1/set-up/${path}`, path === 'state' ? {} : { method: 'POST', body: JSON.stringify(body ?? {}) }), { role });
  return { setUp, ask };
}

describe('the set-up of a machine with several displays', () => {
  it('offers them, and remembers that each is to have a screen', async () => {
    const dir = folder();
    const { setUp, ask } = visit(dir, TWO);
    expect(setUpStateSchema.parse(await (await ask('state')).json())).toMatchObject({ displays: TWO, ownDisplay: null });
    expect(readDisplays(dir)).toBeNull();
    expect((await ask('displays')).status).toBe(204);
    expect(await setUp.settled).toEqual({ kind: 'displays', displays: ['Shelf', 'Counter'] });
    expect(readDisplays(dir)).toEqual(['Shelf', 'Counter']);
  });

  it('does not let a looker-on say so, nor a screen that is one of several, nor where there is one display', async () => {
    const dir = folder();
    expect((await visit(dir, TWO).ask('displays', {}, 'view')).status).toBe(403);
    expect((await visit(dir, TWO, 'Shelf').ask('displays')).status).toBe(422);
    expect((await visit(dir, TWO.slice(0, 1)).ask('displays')).status).toBe(422);
    expect(readDisplays(dir)).toBeNull();
  });

  it('gives one camera to one screen', async () => {
    const machine = folder();
    const settings: ScreenSettings = { v: 1, hubUrl: 'http://127.0.0.1:9', name: 'Bread shelf', timeZone: 'UTC', display: 'Shelf', rotation: 0, camera: { label: null } };
    for (const screen of ['shelf', 'counter']) mkdirSync(join(machine, 'displays', screen, 'keys'), { recursive: true });
    await writeSettings(join(machine, 'displays/shelf'), settings);
    expect(foldersOfScreens(machine)).toEqual([join(machine, 'displays/counter'), join(machine, 'displays/shelf')]);
    const { v, ...said } = settings;
    const answer = await visit(join(machine, 'displays/counter'), TWO, 'Counter').ask('settings', { ...said, display: 'Counter', code: '7KQ2-M9XF' });
    expect([v, answer.status, ((await answer.json()) as { code: string; message: string }).message]).toEqual([1, 422, expect.stringContaining('"Bread shelf", on another display of this machine, has this camera')]);
  });
});
