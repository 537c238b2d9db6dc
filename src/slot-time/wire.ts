import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { networkInterfaces } from 'node:os';
import { LitfassError } from '../contract/index.ts';

/** Nobody else's by IANA's list; followers ask here, leaders listen here. */
export const SLOT_TIME_PORT = 24_817;
/** A site's own multicast (RFC 2365, section 6.1): with the time to live of 1 that sockets have, it does not leave the shop's network. */
const EVERYBODY = '239.255.76.70';
/** A machine may come to its network after it was started. */
const JOIN_AGAIN_MS = 15_000;

/** A socket that hears a port, and reaches the screens of this network without knowing where they are. */
export interface Wire {
  readonly port: number;
  send(datagram: Buffer, to: { readonly address: string; readonly port: number }): void;
  /** To every screen of the networks that this machine is in. */
  sendToAll(datagram: Buffer, port: number): Promise<void>;
  close(): Promise<void>;
}

export interface WireParts {
  /** 0: any. */
  readonly port: number;
  /** Whether to hear what is sent to all. */
  readonly hearsAll: boolean;
  readonly onDatagram: (datagram: Buffer, from: RemoteInfo) => void;
}

/** @throws LitfassError `slot-port` when the port is taken or forbidden */
export async function openWire({ port, hearsAll, onDatagram }: WireParts): Promise<Wire> {
  const socket = createSocket({ type: 'udp4', reuseAddr: hearsAll });
  let isClosed = false;
  await bound(socket, port);
  socket.on('message', onDatagram);
  // A network that goes away is no reason to end: datagrams get lost anyway, and silence is what is looked at.
  socket.on('error', () => undefined);
  const joining = hearsAll ? setInterval(() => join(socket), JOIN_AGAIN_MS) : null;
  if (hearsAll) join(socket);
  return {
    port: socket.address().port,
    send: (datagram, { address, port: to }) => socket.send(datagram, to, address, ignoreLost),
    async sendToAll(datagram, to) {
      // One after the other: a socket has one way out at a time.
      for (const address of ownAddresses()) {
        if (!isClosed && tried(() => socket.setMulticastInterface(address))) await new Promise<void>((resolve) => socket.send(datagram, to, EVERYBODY, () => resolve()));
      }
    },
    async close() {
      isClosed = true;
      if (joining !== null) clearInterval(joining);
      await new Promise<void>((resolve) => socket.close(resolve));
    },
  };
}

async function bound(socket: Socket, port: number): Promise<void> {
  try {
    await new Promise<void>((resolve, reject) => {
      socket.once('error', reject);
      socket.bind(port, () => {
        socket.off('error', reject);
        resolve();
      });
    });
  } catch (error) {
    throw new LitfassError('slot-port', `The UDP port ${port}, at which screens ask this one for the time of its slots, cannot be used: ${error instanceof Error ? error.message : String(error)}. Free it, or give all screens of the group another with --slot-port.`, { cause: error });
  }
}

/** On all networks, again and again: one that was joined already says so, and stays joined. */
function join(socket: Socket): void {
  for (const address of ownAddresses()) tried(() => socket.addMembership(EVERYBODY, address));
}

/** @returns whether it worked: a network may have gone this moment */
function tried(change: () => void): boolean {
  try {
    change();
    return true;
  } catch {
    return false;
  }
}

function ownAddresses(): string[] {
  return Object.values(networkInterfaces()).flatMap((found) => (found ?? []).filter(({ family }) => family === 'IPv4').map(({ address }) => address));
}

/** UDP promises nothing: an answer that does not come is asked for again. */
function ignoreLost(): void {
  // Said by silence.
}
