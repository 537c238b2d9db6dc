import { spawn } from 'node:child_process';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The same suffix as this file: without types in a package, with them in a checkout. */
const command = fileURLToPath(new URL(`../../cli/main${extname(import.meta.url)}`, import.meta.url));

/** What the doctor was asked, by the command line of an installed program; `null`: it is to show a stage. */
export function doctorsArguments(args: readonly string[]): readonly string[] | null {
  const [first, ...rest] = args;
  return first === 'doctor' || first === '--doctor' ? rest : null;
}

/**
 * `litfass doctor` of an installed program: the command line's own, in a process of its own, with Electron as its Node.
 *
 * @param dataDir where the screen of this program lives, unless the arguments name another folder
 * @returns the exit code
 */
export async function runDoctor(args: readonly string[], dataDir: string): Promise<number> {
  const doctor = spawn(process.execPath, [command, 'doctor', '--data', dataDir, ...args], { stdio: 'inherit', env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' } });
  return new Promise((resolve, reject) => {
    doctor.on('error', reject);
    doctor.on('close', (code) => resolve(code ?? 1));
  });
}
