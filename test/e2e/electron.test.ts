import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { _electron } from 'playwright-core';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openHub, serveHub } from '../../src/hub/index.ts';

const projectDir = fileURLToPath(new URL('../../', import.meta.url));

/** Electron's program, if its package has fetched it, and a display to show its windows on. */
function whyNot(): string | null {
  const folder = dirname(createRequire(import.meta.url).resolve('electron/package.json'));
  const mark = join(folder, 'path.txt');
  if (!existsSync(mark) || !existsSync(join(folder, 'dist', readFileSync(mark, 'utf8')))) return 'Electron’s program was not fetched';
  return process.platform === 'linux' && (process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY ?? '') === '' ? 'there is no display' : null;
}

const reason = whyNot();

describe.skipIf(reason !== null)(`the player in Electron${reason === null ? '' : ` (skipped: ${reason})`}`, () => {
  it('shows a picture in a sandboxed window that neither navigates nor opens others', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'litfass-electron-'));
    onTestFinished(() => rm(dir, { recursive: true }));
    const hub = await openHub({ dataDir: join(dir, 'hub'), clock: Date.now, pagesDir: join(projectDir, 'dist/renderer/console'), notice: () => undefined });
    onTestFinished(() => hub.close());
    const served = await serveHub(hub, { host: '127.0.0.1', port: { preferred: 18_880 } });
    onTestFinished(() => served.close());
    await hub.publishProgrammeFolder(join(projectDir, 'assets/demo'));
    const { code } = await hub.createPairingCode();
    await promisify(execFile)(process.execPath, [join(projectDir, 'build/app.ts')], { cwd: projectDir });
    const run = { dataDir: join(dir, 'screen'), projectDir, version: 'test', windowed: true, hubUrl: served.url, pairingCode: code, name: 'Electron', source: { kind: 'none' }, seconds: null, reportFile: null, mayReboot: false };
    const app = await _electron.launch({ args: [join(projectDir, 'dist/app')], env: { ...(process.env as Record<string, string>), LITFASS_RUN: JSON.stringify(run) } });
    onTestFinished(() => app.close());
    const page = await app.firstWindow();
    await page.locator('.slot.front').waitFor({ timeout: 30_000 });
    expect(page.url()).toBe('litfass://player/stage/');
    expect(await page.evaluate('[typeof require, typeof process]')).toEqual(['undefined', 'undefined']);
    await page.evaluate("location.href = 'https://evil.example/'; open('https://evil.example/')");
    expect([page.url(), app.windows().length]).toEqual(['litfass://player/stage/', 1]);
  });
});
