import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { openHub, serveHub, type Hub } from '../../src/hub/index.ts';
import { writeProgramme } from '../chaos/programme.ts';

const projectDir = fileURLToPath(new URL('../../', import.meta.url));
export const COMMAND = join(projectDir, 'src/cli/main.ts');

/** What the tests look at; the hub says more. */
export interface SeenScreen {
  readonly name: string;
  readonly status: { readonly bootId: string; readonly programmeVersion: number; readonly trouble: string; readonly nowPlaying: { readonly playId: string } | null } | null;
}

/** A hub with a programme of four creatives, for screens that run as processes of their own. */
export interface HubRig {
  /** A folder of the test's own, gone after it. */
  readonly dir: string;
  readonly programmeDir: string;
  readonly hub: Hub;
  readonly url: string;
  /** As the console sees them, by name. */
  screens(): Promise<readonly SeenScreen[]>;
  /** Closes the hub, which keeps its database to itself while it is open. @returns the plays that arrived, by id */
  arrivedPlays(): Promise<readonly string[]>;
  /** Starts a program, which ends with the rig at the latest. */
  run(file: string, args: readonly string[], env: NodeJS.ProcessEnv): RunningProgram;
  close(): Promise<void>;
}

export interface RunningProgram {
  readonly pid: number;
  /** All that it said so far. */
  printed(): string;
  /** Asks it to end, and waits for that. @returns its exit code */
  end(): Promise<number | null>;
  /** Its exit code, once it ends. */
  readonly ended: Promise<number | null>;
  /** As a power cut does. */
  kill(): Promise<void>;
}

export async function openHubRig({ name, port, playMs }: { readonly name: string; readonly port: number; readonly playMs: number }): Promise<HubRig> {
  const dir = await mkdtemp(join(tmpdir(), `litfass-${name}-`));
  const hub = await openHub({ dataDir: join(dir, 'hub'), clock: Date.now, pagesDir: join(projectDir, 'dist/renderer/console'), notice: () => undefined });
  const served = await serveHub(hub, { host: '127.0.0.1', port: { preferred: port } });
  const programmeDir = await writeProgramme(dir, () => playMs);
  await hub.publishProgrammeFolder(programmeDir);
  const running: RunningProgram[] = [];
  let isOpen = true;

  async function closeHub(): Promise<void> {
    if (!isOpen) return;
    isOpen = false;
    await served.close();
    await hub.close();
  }

  return {
    dir,
    programmeDir,
    hub,
    url: served.url,
    async screens() {
      const answer = await fetch(`${served.url}/api/screens`, { headers: { authorization: `Bearer ${hub.accessKey}` } });
      return ((await answer.json()) as { screens: SeenScreen[] }).screens.toSorted((a, b) => a.name.localeCompare(b.name));
    },
    async arrivedPlays() {
      await closeHub();
      const central = new Database(join(dir, 'hub/hub.db'), { readonly: true });
      const plays = central.prepare('SELECT play_id FROM play').pluck().all() as string[];
      central.close();
      return plays;
    },
    run(file, args, env) {
      const program = runProgram(file, args, env);
      running.push(program);
      return program;
    },
    async close() {
      await Promise.all(running.map((program) => program.end()));
      await closeHub();
      await rm(dir, { recursive: true, maxRetries: 3 });
    },
  };
}

function runProgram(file: string, args: readonly string[], env: NodeJS.ProcessEnv): RunningProgram {
  const child = spawn(file, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  return {
    pid: child.pid ?? 0,
    printed: () => printed,
    ended,
    end() {
      child.kill('SIGTERM');
      return ended;
    },
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
