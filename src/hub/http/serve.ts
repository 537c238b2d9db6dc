import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { LitfassError } from '../../contract/index.ts';
import { guardHost } from './host-guard.ts';

/** How many ports above a preferred one are tried. */
const NEIGHBOURS = 20;

export interface ServeOptions {
  /** Address to listen on. Without a reason for another: `127.0.0.1`. */
  readonly host: string;
  /** A number must be free (0 takes any); a preference gives way to the next one that is. */
  readonly port: number | { readonly preferred: number };
}

export interface ServedHub {
  /** Where it answers, without a slash at the end. */
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Puts a hub on the network.
 *
 * @throws LitfassError `port-taken`, `address` if the address is not this machine's or may not be used.
 */
export async function serveHub(hub: { fetch(request: Request): Promise<Response> }, options: ServeOptions): Promise<ServedHub> {
  const { host } = options;
  const fetch = guardHost((request) => hub.fetch(request), host);
  const server = createAdaptorServer({ fetch, hostname: host }) as Server;
  const first = typeof options.port === 'number' ? options.port : options.port.preferred;
  const last = typeof options.port === 'number' ? first : Math.min(first + NEIGHBOURS, 65_535);

  for (let port = first; ; port += 1) {
    try {
      await listen(server, host, port);
      break;
    } catch (error) {
      if (isTaken(error) && port < last) continue;
      throw explainListenError(error, host, port, first);
    }
  }
  const { port } = server.address() as AddressInfo;
  const name = host === '0.0.0.0' || host === '::' ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  return {
    url: `http://${name}:${String(port)}`,
    port,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error === undefined ? resolve() : reject(error)));
        server.closeAllConnections();
      }),
  };
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port }, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function isTaken(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'EADDRINUSE';
}

function explainListenError(error: unknown, host: string, port: number, first: number): LitfassError {
  const tried = first === port ? `port ${String(port)}` : `every port from ${String(first)} to ${String(port)}`;
  if (isTaken(error)) return new LitfassError('port-taken', `${tried} on ${host} is taken by another program. Stop it or choose another port.`, { cause: error });
  return new LitfassError('address', `the hub cannot listen on ${host}, port ${String(port)} (${(error as Error).message}). Choose an address of this machine and a port above 1023.`, { cause: error });
}
