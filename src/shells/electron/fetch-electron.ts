import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const LIMIT_MS = 180_000;
const cacheDir = fileURLToPath(new URL('../../../node_modules/.cache/litfass/', import.meta.url));

/**
 * One attempt to have Electron's package fetch its program, with a time limit. A failure is remembered with the packages,
 * so that the next start does not wait for it again.
 *
 * @param tell gets the reason when there is no Electron, in a few words
 * @returns the program, or `null`
 */
export async function fetchElectron(tell: (reason: string) => void): Promise<string | null> {
  const mark = join(cacheDir, 'electron-failed.txt');
  if (existsSync(mark)) {
    tell(`Electron could not be fetched (${readFileSync(mark, 'utf8')}; delete ${mark} to try again)`);
    return null;
  }
  const folder = dirname(createRequire(import.meta.url).resolve('electron/package.json'));
  process.stderr.write('Fetching Electron, once …\n');
  try {
    await promisify(execFile)(process.execPath, [join(folder, 'install.js')], { timeout: LIMIT_MS });
    return join(folder, 'dist', readFileSync(join(folder, 'path.txt'), 'utf8'));
  } catch (error) {
    const reason = shortReason(error);
    mkdirSync(cacheDir, { recursive: true });
    writeFileSync(mark, reason);
    tell(`Electron could not be fetched (${reason})`);
    return null;
  }
}

function shortReason(error: unknown): string {
  const failure = error as { killed?: boolean; stderr?: string; message?: string };
  if (failure.killed === true) return `no answer within ${LIMIT_MS / 1000} s`;
  const lines = `${failure.stderr ?? ''}\n${failure.message ?? ''}`.split('\n');
  return (lines.find((line) => /ENOTFOUND|EAI_AGAIN|ECONN|ETIMEDOUT|Error:/.test(line)) ?? lines[0] ?? 'unknown reason').trim().slice(0, 120);
}
