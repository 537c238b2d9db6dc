// Builds the installable player against a stand-in for Electron and looks inside: nothing missing, nothing superfluous, and
// it starts, in a folder of its own, with nothing of this checkout within reach. `npm run package:check`; takes a minute,
// so it is no part of `npm test`. Prints sizes, exits 1 when something is wrong.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { extractAll, listPackage } from '@electron/asar';
import { build, Platform } from 'electron-builder';
import { buildApp } from '../../build/app.ts';
import { openHub, serveHub } from '../../src/hub/index.ts';
import { doctorReportSchema } from '../../src/contract/index.ts';
import { importedPackages, superfluousIn } from './contents.ts';
import { wrongInDeb } from './deb.ts';
import { writeStandInElectron } from './stand-in-electron.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const version = (JSON.parse(readFileSync(join(root, 'node_modules/electron/package.json'), 'utf8')) as { version: string }).version;
const dir = mkdtempSync(join(tmpdir(), 'litfass-package-'));
const wrong: string[] = [];
const say = (line: string): void => void process.stdout.write(`${line}\n`);

buildApp();
await writeStandInElectron(join(dir, 'electron'), version);
const unpackedDir = join(dir, 'out', `linux-${process.arch === 'x64' ? '' : `${process.arch}-`}unpacked`);
let wrongWithDeb = ['the packager made no deb'];
await build({
  targets: Platform.LINUX.createTarget(['dir', 'deb']),
  projectDir: root,
  publish: 'never',
  // What the deb is made of is asked for; the program that writes it would have to be fetched.
  effectiveOptionComputed: ([args]: readonly [readonly string[]]) => {
    wrongWithDeb = wrongInDeb(args, unpackedDir);
    return Promise.resolve(true);
  },
  config: { extends: join(root, 'electron-builder.yml'), electronVersion: version, electronDist: join(dir, 'electron'), directories: { output: join(dir, 'out') }, electronFuses: null },
});
const asar = join(unpackedDir, 'resources/app.asar');
const files = listPackage(asar, { isPack: false });
const app = join(dir, 'app');
extractAll(asar, app);
mkdirSync(app, { recursive: true });
if (existsSync(`${asar}.unpacked`)) cpSync(`${asar}.unpacked`, app, { recursive: true });

wrong.push(...superfluousIn(files));
for (const name of importedPackages(app, files)) {
  if (!resolves(name)) wrong.push(`the package "${name}" is imported and not there`);
}
for (const page of ['stage', 'vision', 'calibration', 'set-up']) if (!files.includes(`/dist/renderer/${page}/index.html`)) wrong.push(`the ${page} page is not there`);
const natives = files.filter((file) => file.endsWith('.node'));
for (const file of natives) if (!existsSync(join(`${asar}.unpacked`, file))) wrong.push(`${file} is in the archive, where the system cannot load it`);
if (natives.length === 0) wrong.push('there is no native module: better-sqlite3 is missing');

const printed = execFileSync(process.execPath, [join(app, 'src/cli/main.js'), '--version'], { cwd: dir, encoding: 'utf8' }).trim();
if (printed !== (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }).version) wrong.push(`litfass --version said "${printed}"`);
wrong.push(...wrongWithDeb, ...wrongInFeed(), ...examineMachine(), ...(await bootPlayer()));

const megabytes = (bytes: number): string => `${(bytes / 1_048_576).toFixed(1)} MB`;
say(`app.asar: ${files.length} entries, ${megabytes(statSync(asar).size)}; beside it ${natives.length} native modules`);
say(`${[...importedPackages(app, files)].length} packages are imported, all there; litfass --version says ${printed}`);
for (const line of wrong) say(`WRONG: ${line}`);
rmSync(dir, { recursive: true, force: true });
process.exit(wrong.length === 0 ? 0 : 1);

function resolves(name: string): boolean {
  try {
    execFileSync(process.execPath, ['--input-type=module', '--eval', `import.meta.resolve(${JSON.stringify(name)}); const at = new URL(import.meta.resolve(${JSON.stringify(name)})); if (!(await import('node:fs')).existsSync(at)) process.exit(1);`], { cwd: app, stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** electron-updater reads where it keeps what it loads; the package has to say it, though each machine names its own address. */
function wrongInFeed(): string[] {
  const file = join(unpackedDir, 'resources/app-update.yml');
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  return /^provider: generic$/m.test(text) && /^updaterCacheDirName: litfass-updater$/m.test(text) ? [] : [`resources/app-update.yml says "${text.trim()}": no update can be loaded`];
}

/** As the packaged program does it: the doctor in a process of its own, whose Node says that it is Electron. */
function examineMachine(): string[] {
  const asElectron = `data:text/javascript,process.versions.electron="${version}"`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--import', asElectron, join(app, 'src/cli/main.js'), 'doctor', '--data', join(dir, 'doctor'), '--json'], { cwd: dir, encoding: 'utf8', env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' } });
  try {
    const { findings } = doctorReportSchema.parse(JSON.parse(stdout));
    const shell = findings.find(({ what }) => what === 'Shell');
    say(`the doctor of the package has ${findings.length} findings`);
    return shell?.state === 'ok' && shell.found.startsWith(`Electron ${version}`) ? [] : [`the packaged doctor found "${shell?.found ?? 'no shell'}"`];
  } catch {
    return [`the packaged doctor printed "${stdout.slice(0, 200)}" and "${stderr.slice(0, 400)}"`];
  }
}

/** Enrols at a real hub, opens its log, serves its pages, and gets as far as a browser: there, a package has Electron. */
async function bootPlayer(): Promise<string[]> {
  const hub = await openHub({ dataDir: join(dir, 'hub'), clock: Date.now, pagesDir: join(root, 'dist/renderer/console'), notice: () => undefined });
  const served = await serveHub(hub, { host: '127.0.0.1', port: { preferred: 18_960 } });
  const { code } = await hub.createPairingCode();
  const script = `
    const { openPlayer } = await import('${join(app, 'src/player/index.js')}');
    const player = await openPlayer({ dataDir: '${join(dir, 'screen')}', hubUrl: '${served.url}', pairingCode: '${code}', name: 'Packaged', source: { kind: 'camera' }, shell: 'electron', version: 'check', projectDir: '${app}/', say: () => undefined, stop: new AbortController().signal });
    const ask = async (path) => (await player.fetch(new Request('litfass://player' + path), { role: 'screen' })).status;
    process.stdout.write(JSON.stringify([await ask('/stage/'), await ask('/vision/'), await ask('/calibration/'), await ask('/vision/models/blazeface.json'), await ask('/vision/models/centernet.bin'), await ask('/vision/wasm/tfjs-backend-wasm-simd.wasm')]));
    await player.close();
    process.exit();`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], { cwd: app, stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  await new Promise((resolve) => child.on('close', resolve));
  await served.close();
  await hub.close();
  return output === '[200,200,200,200,200,200]' ? [] : [`the packaged player answered ${output || 'nothing'} instead of its pages, nets and WebAssembly`];
}
