import { execFile } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { LitfassError } from '../../contract/index.ts';

const run = promisify(execFile);
const cacheDir = fileURLToPath(new URL('../../../node_modules/.cache/litfass/chromium/', import.meta.url));

export interface BrowserProgram {
  readonly path: string;
  /** Extra environment that the program needs to start. */
  readonly env: Readonly<Record<string, string>>;
}

/**
 * The headless Chromium that the package `@sparticuz/chromium` carries compressed (Linux x64). Unpacked once (about 3 s)
 * into the project's own cache folder, never into the shared /tmp, where another user could have put something else first.
 *
 * @returns `null` on a platform that the package has no binary for.
 * @throws LitfassError `browser-broken` when the unpacked program does not start.
 */
export async function unpackBundledBrowser(): Promise<BrowserProgram | null> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return null;
  const path = `${cacheDir}chromium`;
  if (!existsSync(path)) await unpack({});
  const plain: BrowserProgram = { path, env: {} };
  const carried: BrowserProgram = { ...plain, env: { LD_LIBRARY_PATH: `${cacheDir}al2023/lib` } };
  if (existsSync(`${cacheDir}al2023`)) return carried;

  const problem = await whyItDoesNotStart(plain);
  if (problem === null) return plain;
  // A minimal system lacks NSS and the like; the package carries them for the one platform that it knows to lack them.
  await run('rm', ['-rf', cacheDir]);
  await unpack({ AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x' });
  const stillWrong = await whyItDoesNotStart(carried);
  if (stillWrong === null) return carried;
  throw new LitfassError('browser-broken', `the bundled Chromium in ${cacheDir} does not start: ${stillWrong}. Install Chromium or Chrome, or the libraries named above.`);
}

/** The package unpacks into the temporary folder, so it runs in a process whose temporary folder is our cache. */
async function unpack(env: Record<string, string>): Promise<void> {
  mkdirSync(cacheDir, { recursive: true, mode: 0o700 });
  const script = "const { default: chromium } = await import('@sparticuz/chromium'); await chromium.executablePath();";
  await run(process.execPath, ['--input-type=module', '--eval', script], {
    cwd: fileURLToPath(new URL('../../../', import.meta.url)),
    env: { ...process.env, ...env, TMPDIR: cacheDir },
  });
}

async function whyItDoesNotStart(browser: BrowserProgram): Promise<string | null> {
  try {
    await run(browser.path, ['--version'], { env: { ...process.env, ...browser.env }, timeout: 20_000 });
    return null;
  } catch (error) {
    return error instanceof Error ? error.message.split('\n').slice(0, 2).join(' ') : String(error);
  }
}
