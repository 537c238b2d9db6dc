import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Command } from 'commander';
import { LitfassError } from '../contract/index.ts';
import type { Hub, HubOptions } from '../hub/index.ts';
import { dataFolder, existingFile, port, projectDir } from './options.ts';
import { say, sayField, stopSignal } from './terminal.ts';

interface HubCommandOptions {
  data: string;
  host: string;
  port: number;
  programme?: string;
  witnessUrl?: string;
  witnessKey?: string;
  witnessFor?: string;
}

export function hubCommand(): Command {
  return new Command('hub')
    .description('run the central server, which screens enrol with and people look at')
    .option('--data <dir>', 'where it keeps everything', './data/hub')
    .option('--host <address>', 'address to listen on; anything but this machine belongs behind TLS', '127.0.0.1')
    .option('--port <number>', 'port to listen on', port, 8080)
    .option('--programme <dir>', 'folder with a programme.json to publish, again after each change')
    .option('--witness-url <url>', 'a second witness, which cosigns what screens show (C2SP tlog-witness); with --witness-key')
    .option('--witness-key <vkey>', 'verifier key of that witness')
    .option('--witness-for <file>', 'be the witness of these logs: a file with one verifier key a line')
    .action(runHub);
}

async function runHub(options: HubCommandOptions): Promise<void> {
  const stop = stopSignal();
  const { openHub, serveHub } = await import('../hub/index.ts');
  const hub = await openHub({ dataDir: dataFolder(options.data), clock: Date.now, pagesDir: `${projectDir}dist/renderer/console`, notice: say, ...witnessOptions(options) });
  const served = await serveHub(hub, { host: options.host, port: options.port });
  try {
    await announce(hub, served.url);
    const watching = options.programme === undefined ? null : await publishAndWatch(hub, resolve(options.programme));
    await new Promise((end) => stop.addEventListener('abort', end, { once: true }));
    watching?.close();
  } finally {
    await served.close();
    await hub.close();
  }
}

/** @throws LitfassError `witness-option`, `file-missing` */
function witnessOptions({ witnessUrl: url, witnessKey: key, witnessFor }: HubCommandOptions): Pick<HubOptions, 'secondWitness' | 'witnessFor'> {
  if ((url === undefined) !== (key === undefined)) throw new LitfassError('witness-option', 'a second witness needs both its address and its key: --witness-url URL --witness-key VKEY.');
  const keys = witnessFor === undefined ? [] : readFileSync(existingFile(witnessFor, 'a file with one verifier key a line'), 'utf8').split('\n').filter((line) => line !== '');
  return { witnessFor: keys, ...(url === undefined || key === undefined ? {} : { secondWitness: { url, key } }) };
}

async function announce(hub: Hub, url: string): Promise<void> {
  sayField('Hub', url);
  // The key opens the console. It is for the person at this terminal, not for a journal that keeps what it is told.
  sayField('Console', process.stdout.isTTY ? `${url}/?key=${hub.accessKey}` : `${url} with the key in the data folder, keys/`);
  if (!process.stdout.isTTY) return;
  const { code } = await hub.createPairingCode();
  sayField('Pairing', `npx litfass player --hub ${url} --code ${code}`);
}

/** Publishes a programme folder now and after each change; a bad edit is one line, and changes nothing. */
export function publishAndWatch(hub: Hub, folder: string): Promise<{ close(): void }> {
  return hub.watchProgrammeFolder(folder, {
    published: ({ version }) => sayField('Programme', `version ${String(version)} from ${folder}`),
    problem: (error) => sayField('Programme', `not published: ${error.message}`),
  });
}
