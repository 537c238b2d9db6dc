import { spawn } from 'node:child_process';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ProgramSight } from '../../contract/index.ts';

/** The same suffix as this file: without types in a package, with them in a checkout. */
const command = fileURLToPath(new URL(`../../cli/main${extname(import.meta.url)}`, import.meta.url));

/** Where the doctor finds what the program saw of itself: as JSON in this variable of its environment. */
export const PROGRAM_SIGHT = 'LITFASS_PROGRAM_SIGHT';

/** What the doctor was asked, by the command line of an installed program; `null`: it is to show a stage. */
export function doctorsArguments(args: readonly string[]): readonly string[] | null {
  const [first, ...rest] = args;
  return first === 'doctor' || first === '--doctor' ? rest : null;
}

/** Whether there is anything to look at: not for a word of help, and without a display Electron does not come up. */
export function looksAtProgram(args: readonly string[], { platform, env }: Pick<NodeJS.Process, 'platform' | 'env'>): boolean {
  if (args.some((word) => word === '--help' || word === '-h')) return false;
  return platform !== 'linux' || (env.DISPLAY ?? '') !== '' || (env.WAYLAND_DISPLAY ?? '') !== '';
}

/**
 * `litfass doctor` of an installed program: the command line's own, in a process of its own, with Electron as its Node.
 *
 * @param sight what this program can do; `null`: nobody looked
 * @param dataDir where the screen of this program lives, unless the arguments name another folder
 * @returns the exit code
 */
export async function runDoctor(args: readonly string[], dataDir: string, sight: ProgramSight | null): Promise<number> {
  const doctor = spawn(process.execPath, [command, 'doctor', '--data', dataDir, ...args], { stdio: 'inherit', env: { ...process.env, ELECTRON_RUN_AS_NODE: '1', ...(sight === null ? {} : { [PROGRAM_SIGHT]: JSON.stringify(sight) }) } });
  return new Promise((resolve, reject) => {
    doctor.on('error', reject);
    doctor.on('close', (code) => resolve(code ?? 1));
  });
}
