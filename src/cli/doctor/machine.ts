import { access, constants, mkdir, readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Finding } from '../../contract/index.ts';
import { probeStorage } from '../../impressions/index.ts';

const GIGABYTE = 1_073_741_824;
const NODE_NEEDED = 24;

export function checkNode(version = process.versions.node): Finding {
  const enough = Number(version.split('.')[0]) >= NODE_NEEDED;
  return { what: 'Node', state: enough ? 'ok' : 'fail', found: version, ...(enough ? {} : { fix: `Start Litfass with "npx litfass", which brings Node ${NODE_NEEDED}.` }) };
}

/** The data folder: there, ours alone, on a disk that keeps what is written. */
export async function checkDataFolder(dataDir: string): Promise<Finding[]> {
  try {
    await mkdir(dataDir, { recursive: true, mode: 0o700 });
    await access(dataDir, constants.R_OK | constants.W_OK);
  } catch (error) {
    return [{ what: 'Data folder', state: 'fail', found: `${dataDir}: ${(error as NodeJS.ErrnoException).code ?? String(error)}`, fix: `Give the player's user the folder: chown it, or choose another with --data.` }];
  }
  return [await checkKeys(dataDir), await checkDisk(dataDir)];
}

async function checkKeys(dataDir: string): Promise<Finding> {
  const keys = join(dataDir, 'keys');
  const found = await stat(keys).catch(() => null);
  if (found === null) return { what: 'Data folder', state: 'ok', found: `${dataDir}, no keys yet` };
  const open = process.platform !== 'win32' && (found.mode & 0o077) !== 0;
  return { what: 'Data folder', state: open ? 'warn' : 'ok', found: open ? `${keys} may be read by others` : dataDir, ...(open ? { fix: `chmod 700 ${keys}` } : {}) };
}

async function checkDisk(dataDir: string): Promise<Finding> {
  const { state, syncMs, freeBytes, ext4Errors } = await probeStorage(dataDir, () => performance.now());
  const free = freeBytes === null ? 'free space unknown' : `${(freeBytes / GIGABYTE).toFixed(1)} GB free`;
  const found = `${free}, 4 kB synced in ${syncMs === null ? 'no time: it failed' : `${syncMs} ms`}${ext4Errors === null ? '' : `, ${ext4Errors} errors of the file system`}`;
  if (state !== 'ok') return { what: 'Disk', state: 'fail', found: `${state}; ${found}`, fix: 'Free space, mount it read-write, or replace it: plays are kept there.' };
  if ((syncMs ?? 0) > 2_000 || (ext4Errors ?? 0) > 0) return { what: 'Disk', state: 'warn', found, fix: 'A card that is slow or counts errors is about to die: replace it soon.' };
  if (freeBytes !== null && freeBytes < 2 * GIGABYTE) return { what: 'Disk', state: 'warn', found, fix: 'Free at least 2 GB for media.' };
  return { what: 'Disk', state: 'ok', found };
}

/** Linux lists cameras as files; elsewhere the browser's own list says more (see browser.ts). */
export async function checkCamera(): Promise<Finding | null> {
  if (process.platform !== 'linux') return null;
  const cameras = (await readdir('/dev').catch(() => [])).filter((name) => /^video\d+$/.test(name));
  if (cameras.length === 0) return { what: 'Camera', state: 'warn', found: 'none', fix: 'Plug one in, if the audience is to be sensed; without one the screen plays for everybody.' };
  const readable = await Promise.all(cameras.map((name) => access(`/dev/${name}`, constants.R_OK).then(() => true, () => false)));
  if (!readable.includes(true)) return { what: 'Camera', state: 'fail', found: `${cameras.join(', ')}, none readable`, fix: 'Add the user to the group "video", and log in again.' };
  return { what: 'Camera', state: 'ok', found: cameras.join(', ') };
}

export async function checkRadio(): Promise<Finding | null> {
  if (process.platform !== 'linux') return null;
  const adapters = await readdir('/sys/class/bluetooth').catch(() => []);
  return adapters.length > 0 ? { what: 'Bluetooth', state: 'ok', found: adapters.join(', ') } : { what: 'Bluetooth', state: 'warn', found: 'no adapter', fix: 'Only beacons need it. Plug one in, or load its driver.' };
}

/** What systemd's time service says of itself; other services are asked through the kernel's own flag. */
export async function checkClock(run: (program: string, args: readonly string[]) => Promise<string>): Promise<Finding> {
  const said = await run('timedatectl', ['show', '--property=NTPSynchronized', '--value']).catch(() => '');
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (said.trim() === 'yes') return { what: 'Clock', state: 'ok', found: `set over the network, ${zone}` };
  const fix = 'Switch a time service on (timedatectl set-ntp true), or let the network give the time: schedules and records rest on it.';
  return { what: 'Clock', state: 'warn', found: said.trim() === 'no' ? `not set over the network, ${zone}` : `nobody says whether it is right, ${zone}`, fix };
}

export async function checkDisplay(env: NodeJS.ProcessEnv): Promise<Finding> {
  if (process.platform !== 'linux') return { what: 'Display', state: 'ok', found: 'of the desktop' };
  const session = (env.WAYLAND_DISPLAY ?? '') !== '' ? 'Wayland' : (env.DISPLAY ?? '') !== '' ? `X11 ${env.DISPLAY ?? ''}` : null;
  const outputs = await connectedOutputs();
  if (session !== null) return { what: 'Display', state: 'ok', found: `${session}${outputs.length === 0 ? '' : `, ${outputs.join(', ')}`}` };
  return { what: 'Display', state: 'warn', found: outputs.length === 0 ? 'none' : `${outputs.join(', ')}, but no desktop session`, fix: 'Start the player inside the desktop session (DISPLAY or WAYLAND_DISPLAY set); without one it plays unseen.' };
}

async function connectedOutputs(): Promise<string[]> {
  const names = (await readdir('/sys/class/drm').catch(() => [])).filter((name) => /^card\d+-/.test(name));
  const states = await Promise.all(names.map((name) => readFile(join('/sys/class/drm', name, 'status'), 'utf8').catch(() => '')));
  return names.filter((_, index) => states[index]?.trim() === 'connected').map((name) => name.replace(/^card\d+-/, ''));
}
