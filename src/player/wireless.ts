import { spawn } from 'node:child_process';
import { LitfassError, wirelessNetworkSchema, type JoinRequest, type WirelessNetwork } from '../contract/index.ts';

const LIST_MS = 20_000;
/** A network with a slow log-in, and an address from its DHCP server. */
const JOIN_S = 60;
const MOST_NETWORKS = 50;
const MOST_OUTPUT = 256 * 1024;

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * The wireless networks in reach, the strongest first, as NetworkManager sees them: `nmcli`(1), terse output.
 *
 * @throws LitfassError `wireless-unmanaged` where there is no NetworkManager, `wireless-failed`
 */
export async function listNetworks(): Promise<readonly WirelessNetwork[]> {
  const ended = await nmcli(['--terse', '--fields', 'IN-USE,SSID,SIGNAL,SECURITY', 'device', 'wifi', 'list'], null, LIST_MS);
  if (ended.code !== 0) throw failureOf(ended, null);
  const strongest = new Map<string, WirelessNetwork>();
  for (const found of parseNetworks(ended.stdout)) {
    const before = strongest.get(found.ssid);
    // One name, several antennas.
    strongest.set(found.ssid, { ...(before !== undefined && before.signalPercent > found.signalPercent ? before : found), inUse: found.inUse || before?.inUse === true });
  }
  return [...strongest.values()].toSorted((a, b) => Number(b.inUse) - Number(a.inUse) || b.signalPercent - a.signalPercent).slice(0, MOST_NETWORKS);
}

/**
 * Has NetworkManager join a network and remember it. The password goes to it over a pipe: it stands in no argument list, which
 * every program of the machine may read, and in nothing that is said or written here.
 *
 * @throws LitfassError `wireless-password`, `wireless-out-of-reach`, `wireless-not-allowed`, `wireless-unmanaged`, `wireless-failed`
 */
export async function joinNetwork({ ssid, password }: JoinRequest): Promise<void> {
  const asking = password === null ? [] : ['--ask'];
  const ended = await nmcli([...asking, '--wait', String(JOIN_S), 'device', 'wifi', 'connect', ssid], password, (JOIN_S + 10) * 1_000);
  if (ended.code !== 0) throw failureOf(ended, ssid);
}

/** A line is a network: fields with colons between them, in which `\\:` is a colon and `\\\\` a backslash. */
export function parseNetworks(output: string): readonly WirelessNetwork[] {
  return output.split('\n').flatMap((line) => {
    const [inUse = '', ssid = '', signal = '', security = ''] = [...`${line}:`.matchAll(/((?:[^:\\]|\\.)*):/g)].map(([, field = '']) => field.replace(/\\(.)/g, '$1'));
    const network = wirelessNetworkSchema.safeParse({ ssid, signalPercent: Number(signal), protection: protectionOf(security), inUse: inUse === '*' });
    // Networks that hide their names have none here, and nobody could choose them.
    return network.success ? [network.data] : [];
  });
}

function protectionOf(security: string): WirelessNetwork['protection'] {
  if (security === '' || security === '--' || security === 'OWE') return 'open';
  return /802\.1X/i.test(security) ? 'enterprise' : 'password';
}

/** By the exit status of nmcli, where it says enough, and by its words, which are asked for in English. */
function failureOf({ code, stderr }: Ended, ssid: string | null): LitfassError {
  const words = (stderr.split('\n').find((line) => line.startsWith('Error:')) ?? `nmcli ended with ${String(code)}`).slice(0, 200);
  const network = ssid === null ? 'The networks' : `"${ssid}"`;
  const byHand = ssid === null ? 'sudo nmcli device wifi list' : `sudo nmcli --ask device wifi connect ${quoted(ssid)}`;
  if (/not authorized|insufficient privileges|permission denied|access denied/i.test(words)) return new LitfassError('wireless-not-allowed', `The policy of this machine does not let the player’s user join networks. Run in a terminal: ${byHand}`);
  if (/secrets were required|\.psk|wep-key|invalid-key|password/i.test(words)) return new LitfassError('wireless-password', `${network} does not take this password. Look at it letter by letter, capitals too.`);
  if (code === 10 || /no network with ssid|ssid.*not be found/i.test(words)) return new LitfassError('wireless-out-of-reach', `${network} is out of reach now. Look whether its router is on, or bring the two closer together.`);
  if (code === 8) return new LitfassError('wireless-unmanaged', 'NetworkManager is not running here. Run in a terminal: sudo systemctl enable --now NetworkManager');
  if (code === 3 || code === null) return new LitfassError('wireless-failed', `${network} gave no answer in time. Try it again, closer to the router.`);
  return new LitfassError('wireless-failed', `${network}: ${words} More about it: ${byHand}`);
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}

/** @param typed goes to its standard input, which then ends: a program that asks once more hears nothing and gives up */
function nmcli(args: readonly string[], typed: string | null, limitMs: number): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn('nmcli', args, { stdio: ['pipe', 'pipe', 'pipe'], env: { ...process.env, LANGUAGE: undefined, LC_ALL: 'C' }, timeout: limitMs, killSignal: 'SIGKILL' });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk: Buffer) => (stdout = (stdout + chunk.toString()).slice(0, MOST_OUTPUT)));
    child.stderr.on('data', (chunk: Buffer) => (stderr = (stderr + chunk.toString()).slice(0, MOST_OUTPUT)));
    child.on('error', (error: NodeJS.ErrnoException) => reject(error.code === 'ENOENT' || error.code === 'EACCES' ? unmanaged() : error));
    child.on('close', (code) => resolve({ code, stdout, stderr }));
    // One that does not ask has ended before it was answered.
    child.stdin.on('error', () => undefined);
    child.stdin.end(typed === null ? '' : `${typed}\n`);
  });
}

function unmanaged(): LitfassError {
  const instead = process.platform === 'linux' ? 'Plug in the cable, install NetworkManager (sudo apt install network-manager), or join with what this system has for it' : 'Plug in the cable, or join the network in the settings of the system';
  return new LitfassError('wireless-unmanaged', `This machine has no NetworkManager, so nothing can be joined from here. ${instead}; this page notices by itself.`);
}
