import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Command, Option } from 'commander';
import { createAdaptorServer } from '@hono/node-server';
import { Hono } from 'hono';
import { LitfassError } from '../contract/index.ts';
import { dataFolder, existingFile, projectDir } from './options.ts';
import { say, sayField, stopSignal } from './terminal.ts';

interface CalibrateCommandOptions {
  data: string;
  camera?: string;
  clip?: string;
  open: boolean;
}

export function calibrateCommand(): Command {
  return new Command('calibrate')
    .description('say where the camera stands: mark the floor and the shelves in its picture')
    .option('--data <dir>', 'data folder of the screen, as given to `litfass player`', './data/screen')
    .addOption(new Option('--camera <label>', 'the camera with this label instead of the default one').conflicts('clip'))
    .option('--clip <file>', 'mark them in a video file (mp4, webm) of that camera')
    .option('--no-open', 'print the link only, and open no browser')
    .action(runCalibrateCommand);
}

/** Serves the calibration page alone, to this machine alone, until its window is closed or somebody presses Ctrl-C. */
async function runCalibrateCommand(options: CalibrateCommandOptions): Promise<void> {
  const stop = stopSignal();
  const dataDir = dataFolder(options.data);
  const { calibrationRoutes } = await import('../player/index.ts');
  const source = options.clip === undefined ? { kind: 'camera' as const, ...(options.camera === undefined ? {} : { label: options.camera }) } : { kind: 'clip' as const, file: existingFile(options.clip, 'an mp4 or webm file') };
  const page = await serve(calibrationRoutes({ dataDir, projectDir, source }));
  sayField('Calibrate', page.url);
  sayField('Saved to', join(dataDir, 'calibration.json'));
  const closed = Promise.withResolvers<undefined>();
  stop.addEventListener('abort', () => closed.resolve(undefined), { once: true });
  const browser = options.open ? await openBrowser(page.url, () => closed.resolve(undefined)) : null;
  if (browser === null) say('\n  Open the link in a browser on this machine; Ctrl-C ends');
  await closed.promise;
  await browser?.close();
  page.close();
}

/** On a free port of this machine, under a path that nobody can guess. */
async function serve(routes: Hono): Promise<{ url: string; close(): void }> {
  const path = `/${randomUUID()}/calibration`;
  const app = new Hono();
  app.route(path, routes);
  let host = '';
  const server = createAdaptorServer({
    // A foreign name that resolves to this machine is another site's script.
    fetch: (request) => (new URL(request.url).host === host ? app.fetch(request) : new Response(null, { status: 403 })),
  }) as Server;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: `http://${host}${path}/`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** @returns `null` where no window can be opened: the link was printed. */
async function openBrowser(url: string, onClosed: () => void): Promise<{ close(): Promise<void> } | null> {
  const { chooseShell, openPage } = await import('../shells/index.ts');
  try {
    const shell = await chooseShell('chromium');
    if (shell.kind === 'electron') return null;
    return await openPage({ browser: shell.browser, url, window: 'window', camera: true, onProblem: (what, message) => (what === 'page-error' ? say(`  ${message}`) : onClosed()) });
  } catch (error) {
    if (!(error instanceof LitfassError)) throw error;
    say(`  No window here: ${error.message}`);
    return null;
  }
}
