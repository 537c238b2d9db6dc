// Makes a bare clone ready to run: packages, pages, browser. Uses Node's standard library only, because before it ran there
// is nothing else. Plain JavaScript for the same reason: the system's Node may be too old to strip types.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));
const cache = join(root, 'node_modules/.cache/litfass');

/** The pinned Node that everything of ours runs on; it comes as a package, so the system's own may be any from 20 on. */
export const pinnedNode = join(root, 'node_modules/node/bin', process.platform === 'win32' ? 'node.exe' : 'node');

/** @returns {Promise<void>} rejects with an `Error` whose message says what to do */
export async function setUp() {
  if (Number(process.versions.node.split('.')[0]) < 20) throw new Error(`Litfass needs Node 20 or newer to set itself up; this is ${process.versions.node}. Get one from https://nodejs.org.`);
  await installPackages();
  for (const page of ['stage', 'vision', 'calibration', 'console', 'set-up']) await buildPage(page);
  await unpackBrowser();
}

async function installPackages() {
  const mark = join(cache, 'lock.sha256');
  const wanted = sha256(readFileSync(join(root, 'package-lock.json')));
  if (readIfThere(mark) === wanted && existsSync(pinnedNode)) return;
  if (!isInstalledAsLocked()) {
    await step('Installing packages', 'npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], 'Check the network and the free disk space, then run the command again.');
  }
  if (!existsSync(pinnedNode)) throw new Error(`The package "node" brought no binary for ${process.platform}-${process.arch} to ${pinnedNode}. Run "npm ci" without --ignore-scripts.`);
  mkdirSync(cache, { recursive: true });
  writeFileSync(mark, wanted);
}

/** After a plain `npm ci` there is no mark of ours, but npm's own record says the same. */
function isInstalledAsLocked() {
  const record = readIfThere(join(root, 'node_modules/.package-lock.json'));
  if (record === null || !existsSync(pinnedNode)) return false;
  const installed = JSON.parse(record).packages;
  const locked = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  return Object.entries(locked).every(([path, entry]) => path === '' || entry.optional === true || installed[path]?.version === entry.version);
}

async function buildPage(page) {
  const mark = join(root, 'dist/renderer', `${page}.sha256`);
  const sources = [join(root, 'renderer', page), join(root, 'src/contract'), ...(page === 'calibration' ? [join(root, 'src/audience')] : []), join(root, 'package-lock.json'), join(root, 'build/pages.ts')];
  const wanted = sha256(sources.flatMap(filesBelow).map((file) => `${file.slice(root.length)} ${sha256(readFileSync(file))}`).join('\n'));
  if (readIfThere(mark) === wanted) return;
  await step(`Building the ${page} page`, pinnedNode, [join(root, 'build/pages.ts'), page], 'The lines above name the file at fault.');
  writeFileSync(mark, wanted);
}

/** The packages carry a headless Chromium for this platform alone; elsewhere an installed one is used. */
async function unpackBrowser() {
  if (process.platform !== 'linux' || process.arch !== 'x64' || existsSync(join(cache, 'chromium/chromium'))) return;
  await step('Unpacking the browser', pinnedNode, [join(root, 'build/browser.ts')], 'Free some disk space (250 MB), then run the command again.');
}

/** Runs one command silently; says so when it takes longer than two seconds, and shows its output only when it fails. */
async function step(title, command, args, advice) {
  const started = Date.now();
  const seconds = () => `${Math.round((Date.now() - started) / 1000)} s`;
  const live = process.stderr.isTTY;
  const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], shell: process.platform === 'win32' && command === 'npm' });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
  const announce = setTimeout(() => process.stderr.write(live ? '' : `${title} …\n`), 2_000);
  const ticker = live ? setInterval(() => process.stderr.write(`\r${title} … ${seconds()} `), 1_000) : null;
  const code = await new Promise((resolve) => {
    child.on('error', (error) => {
      output += `${error.message}\n`;
      resolve(1);
    });
    child.on('close', resolve);
  });
  clearTimeout(announce);
  if (ticker !== null) {
    clearInterval(ticker);
    process.stderr.write('\r\x1b[K');
  }
  if (code !== 0) throw new Error(`${output.trim()}\n\n${title} failed after ${seconds()} (${command} ended with ${code}). ${advice}`);
}

function filesBelow(path) {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => filesBelow(join(path, entry.name)));
}

function readIfThere(path) {
  return existsSync(path) ? readFileSync(path, 'utf8') : null;
}

function sha256(content) {
  return createHash('sha256').update(content).digest('hex');
}
