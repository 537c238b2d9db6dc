import { Resolver } from 'node:dns/promises';
import { readdir, readFile } from 'node:fs/promises';
import { networkInterfaces, type NetworkInterfaceInfo } from 'node:os';
import { join } from 'node:path';
import type { Finding } from '../../contract/index.ts';

const LIMIT_MS = 2_000;
/** Any name does: that the name server answers is asked, not what. This one is sure to exist nowhere (RFC 2606). */
const NAME = 'litfass.invalid';

export interface NetworkOfMachine {
  readonly interfaces: NodeJS.Dict<NetworkInterfaceInfo[]>;
  /** `/proc/net`; `null` where a machine has none. */
  readonly routes: string | null;
  /** Addresses of name servers; `null`: those of the system. */
  readonly nameServers: readonly string[] | null;
}

const THIS_MACHINE: NetworkOfMachine = { interfaces: networkInterfaces(), routes: process.platform === 'linux' ? '/proc/net' : null, nameServers: null };

/** Whether this machine has an address, a way out and names for it: what can be known before it knows a hub. */
export async function checkNetwork({ interfaces, routes, nameServers }: NetworkOfMachine = THIS_MACHINE): Promise<Finding> {
  const what = 'Network';
  const addresses = Object.entries(interfaces).flatMap(([name, list = []]) => list.filter(({ internal, address }) => !internal && !isLinkLocal(address)).map(({ address }) => `${name} ${address}`));
  if (addresses.length === 0) return { what, state: 'warn', found: 'no address', fix: 'Plug the cable in, or join the Wi-Fi; a screen that was set up plays on without.' };
  const found = addresses.slice(0, 4).join(', ');
  if (routes !== null && !(await hasDefaultRoute(routes))) return { what, state: 'warn', found: `${found}, but no way out of this network`, fix: 'Name a gateway (DHCP does), unless the hub is in this network.' };
  const silence = await whyNoNames(nameServers);
  if (silence !== null) return { what, state: 'warn', found: `${found}, but ${silence}`, fix: 'Name a name server that answers (DHCP does), unless the hub goes by its address.' };
  return { what, state: 'ok', found: `${found}; the name server answers` };
}

/** An address that a machine gave itself because nobody answered. */
function isLinkLocal(address: string): boolean {
  return address.startsWith('169.254.') || /^fe[89ab]/i.test(address);
}

/** Destination and mask, or prefix, of nothing but zeros, over a network card that is up; see proc_net(5). */
async function hasDefaultRoute(folder: string): Promise<boolean> {
  const lines = async (name: string): Promise<string[][]> => (await readFile(join(folder, name), 'utf8').catch(() => '')).split('\n').map((line) => line.trim().split(/\s+/));
  const overV4 = (await lines('route')).some(([, destination, , , , , , mask]) => destination === '00000000' && mask === '00000000');
  return overV4 || (await lines('ipv6_route')).some(([destination, prefix, , , , , , , , card]) => destination === '0'.repeat(32) && prefix === '00' && card !== 'lo');
}

/** @returns `null`: a name server answers, if only that there is no such name */
async function whyNoNames(servers: readonly string[] | null): Promise<string | null> {
  const resolver = new Resolver({ timeout: LIMIT_MS, tries: 1 });
  if (servers !== null) resolver.setServers(servers);
  const asked = resolver.getServers();
  if (asked.length === 0) return 'no name server is named';
  try {
    await resolver.resolve4(NAME);
    return null;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === 'ENOTFOUND' || code === 'ENODATA' ? null : `the name server ${asked.slice(0, 2).join(', ')} gives no answer (${code ?? String(error)})`.slice(0, 200);
  }
}

/** Wi-Fi adapters and whether they are switched on, as Linux's kernel tells it; `null` elsewhere. @param sys `/sys` */
export async function checkWifi(sys = process.platform === 'linux' ? '/sys' : null): Promise<Finding | null> {
  if (sys === null) return null;
  const what = 'Wi-Fi';
  const cards = await readdir(join(sys, 'class/net')).catch((): string[] => []);
  const wireless = (await Promise.all(cards.map(async (card) => ((await readdir(join(sys, 'class/net', card)).catch((): string[] => [])).includes('phy80211') ? card : null)))).filter((card) => card !== null);
  if (wireless.length === 0) return { what, state: 'ok', found: 'no adapter; only a network without a cable needs one' };
  const found = wireless.join(', ');
  const block = await radioBlock(sys);
  if (block === 'hard') return { what, state: 'warn', found: `${found}, switched off at the machine`, fix: 'Switch it on at the machine, or in its firmware.' };
  if (block === 'soft') return { what, state: 'warn', found: `${found}, switched off`, fix: 'rfkill unblock wlan' };
  const read = (card: string): Promise<string> => readFile(join(sys, 'class/net', card, 'operstate'), 'utf8').catch(() => '');
  const joined = (await Promise.all(wireless.map(read))).some((state) => state.trim() === 'up');
  return { what, state: 'ok', found: joined ? `${found}, in a network` : `${found}, in no network` };
}

/** What keeps every radio for Wi-Fi silent: a switch of the machine, or a setting; `null`: one may send. */
async function radioBlock(sys: string): Promise<'hard' | 'soft' | null> {
  const folder = join(sys, 'class/rfkill');
  const word = async (radio: string, name: string): Promise<string> => (await readFile(join(folder, radio, name), 'utf8').catch(() => '')).trim();
  const radios = await readdir(folder).catch((): string[] => []);
  const blocks = await Promise.all(radios.map(async (radio) => ((await word(radio, 'type')) !== 'wlan' ? null : (await word(radio, 'hard')) === '1' ? 'hard' : (await word(radio, 'soft')) === '1' ? 'soft' : 'none')));
  const ofWifi = blocks.filter((block) => block !== null);
  if (ofWifi.length === 0 || ofWifi.includes('none')) return null;
  return ofWifi.includes('soft') ? 'soft' : 'hard';
}
