import { execFile, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { _electron, type ElectronApplication } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { openHub, serveHub } from '../../src/hub/index.ts';
import type { ElectronRun } from '../../src/shells/electron/electron-run.ts';

const projectDir = fileURLToPath(new URL('../../', import.meta.url));
const electronDir = dirname(createRequire(import.meta.url).resolve('electron/package.json'));
const LONG = { timeout: 90_000, interval: 200 };
const STAGE = /^litfass:\/\/player\/stage\/\?life=[\w-]{16}$/;

/** Electron's program; `null`: its package has not fetched it. */
function program(): string | null {
  const mark = join(electronDir, 'path.txt');
  const file = existsSync(mark) ? join(electronDir, 'dist', readFileSync(mark, 'utf8')) : null;
  return file !== null && existsSync(file) ? file : null;
}

/** It needs a display to show its windows on, too. */
function whyNot(): string | null {
  if (program() === null) return 'Electron’s program was not fetched';
  return process.platform === 'linux' && (process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY ?? '') === '' ? 'there is no display' : null;
}

/** What the main process sees of the window whose page this is; `null` while there is none. */
function windowOf(app: ElectronApplication, page: 'stage' | 'vision'): Promise<{ readonly pid: number; readonly url: string } | null> {
  return app.evaluate(({ webContents }, path) => {
    const found = webContents.getAllWebContents().find((each) => each.getURL().startsWith(path));
    return found === undefined ? null : { pid: found.getOSProcessId(), url: found.getURL() };
  }, `litfass://player/${page}/`);
}

/** Runs it in that page, also in one whose process was replaced. @returns `null` while it has no answer */
function ask(app: ElectronApplication, page: 'stage' | 'vision', script: string): Promise<unknown> {
  return app.evaluate(
    async ({ webContents }, [path, code]) => {
      const found = webContents.getAllWebContents().find((each) => each.getURL().startsWith(path));
      return (await found?.executeJavaScript(code).catch(() => null)) as unknown;
    },
    [`litfass://player/${page}/`, script] as const,
  );
}

const SHOWS = "document.querySelector('.slot.front') !== null";
const CAMERA = "navigator.mediaDevices.getUserMedia({ video: true }).then((stream) => { for (const track of stream.getTracks()) track.stop(); return 'camera' }, ({ name }) => name)";
const reason = whyNot();

describe.skipIf(reason !== null)(`the player in Electron${reason === null ? '' : ` (skipped: ${reason})`}`, () => {
  let dir: string;
  let run: ElectronRun;
  let hub: Awaited<ReturnType<typeof openHub>>;
  let served: Awaited<ReturnType<typeof serveHub>>;
  let isHubUp = true;

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'litfass-electron-'));
    hub = await openHub({ dataDir: join(dir, 'hub'), clock: Date.now, pagesDir: join(projectDir, 'dist/renderer/console'), notice: () => undefined });
    served = await serveHub(hub, { host: '127.0.0.1', port: { preferred: 18_880 } });
    await hub.publishProgrammeFolder(join(projectDir, 'assets/demo'));
    const { code } = await hub.createPairingCode();
    await promisify(execFile)(process.execPath, [join(projectDir, 'build/app.ts')], { cwd: projectDir });
    run = { dataDir: join(dir, 'screen'), projectDir, version: 'test', windowed: true, hubUrl: served.url, pairingCode: code, name: 'Electron', source: { kind: 'camera' }, seconds: null, reportFile: null, mayReboot: false, extras: {} };
  }, 120_000);

  afterAll(async () => {
    await closeHub();
    await rm(dir, { recursive: true, maxRetries: 3 });
  });

  async function closeHub(): Promise<void> {
    if (!isHubUp) return;
    isHubUp = false;
    await served.close();
    await hub.close();
  }

  const environment = (): Record<string, string> => ({ ...(process.env as Record<string, string>), LITFASS_RUN: JSON.stringify(run) });

  /** With a camera that shows Chromium's test picture, and a picture on the stage. */
  async function start(): Promise<ElectronApplication> {
    const app = await _electron.launch({ args: [join(projectDir, 'dist/app'), '--use-fake-device-for-media-stream'], env: environment() });
    onTestFinished(() => app.close());
    await expect.poll(() => ask(app, 'stage', SHOWS), LONG).toBe(true);
    return app;
  }

  it('shows a picture in a sandboxed window that neither navigates nor opens others', async () => {
    const app = await start();
    const page = app.windows().find((each) => STAGE.test(each.url()));
    expect(page).toBeDefined();
    expect(await page?.evaluate('[typeof require, typeof process]')).toEqual(['undefined', 'undefined']);
    const { url } = (await windowOf(app, 'stage')) ?? {};
    await page?.evaluate("location.href = 'https://evil.example/'; open('https://evil.example/')");
    await expect.poll(() => ask(app, 'stage', SHOWS), LONG).toBe(true);
    expect((await windowOf(app, 'stage'))?.url).toBe(url);
    expect(app.windows().filter((each) => !each.url().startsWith('litfass://player/'))).toEqual([]);
  });

  it('gives the camera to the vision page alone', async () => {
    const app = await start();
    await expect.poll(() => windowOf(app, 'vision'), LONG).not.toBeNull();
    expect(await ask(app, 'vision', CAMERA)).toBe('camera');
    expect(await ask(app, 'stage', CAMERA)).toBe('NotAllowedError');
    expect(await ask(app, 'vision', "navigator.permissions.query({ name: 'geolocation' }).then(({ state }) => state)")).toBe('denied');
  });

  it('shows the player’s pages in no frame', async () => {
    const app = await start();
    const framed = "new Promise((resolve) => { const frame = document.createElement('iframe'); frame.onload = () => resolve(frame.contentDocument?.querySelector('#stage') != null); setTimeout(resolve, 3000, false); frame.src = '../stage/?life=x'; document.body.append(frame) })";
    expect(await ask(app, 'stage', framed)).toBe(false);
  });

  it('comes back when the process of its page is killed', async () => {
    const app = await start();
    const before = await windowOf(app, 'stage');
    await app.evaluate(({ webContents }, path) => webContents.getAllWebContents().find((each) => each.getURL().startsWith(path))?.forcefullyCrashRenderer(), 'litfass://player/stage/');
    await expect.poll(async () => (await windowOf(app, 'stage'))?.pid, LONG).not.toBe(before?.pid);
    await expect.poll(() => ask(app, 'stage', SHOWS), LONG).toBe(true);
  });

  it('leaves when another one runs on its data folder, and says so', async () => {
    const app = await start();
    const second = spawn(program() ?? '', ['--no-sandbox', join(projectDir, 'dist/app')], { stdio: ['ignore', 'ignore', 'pipe'], env: environment() });
    let said = '';
    second.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    expect(await new Promise((resolve) => second.once('close', resolve))).toBe(1);
    expect(said).toContain('already; stop it first');
    expect(await ask(app, 'stage', SHOWS)).toBe(true);
  });

  // The last one: there is no hub any more.
  it('starts without its hub, with what it has', async () => {
    await closeHub();
    const app = await start();
    expect((await windowOf(app, 'stage'))?.url).toMatch(STAGE);
  });
});
