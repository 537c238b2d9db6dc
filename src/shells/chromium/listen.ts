import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { LitfassError } from '../../contract/index.ts';

const TRIES = 20;

export interface Listening {
  readonly origin: string;
  close(): Promise<void>;
}

/**
 * Listens on 127.0.0.1, on the wanted port or the next one that is free. The handler is made once the origin is known,
 * because it checks it.
 *
 * @throws LitfassError `port-taken` when none of twenty ports is free
 */
export async function listen(wantedPort: number, handlerFor: (origin: string) => (request: Request) => Response | Promise<Response>): Promise<Listening> {
  let handler: ((request: Request) => Response | Promise<Response>) | null = null;
  const server = createAdaptorServer({ fetch: (request) => handler?.(request) ?? new Response(null, { status: 503 }) }) as Server;
  for (let port = wantedPort; port < wantedPort + TRIES; port += 1) {
    const bound = await bind(server, port);
    if (bound === null) continue;
    const origin = `http://127.0.0.1:${bound.port}`;
    handler = handlerFor(origin);
    return {
      origin,
      close: () =>
        new Promise((resolve) => {
          server.close(() => resolve());
          // Streams to the pages never end by themselves.
          server.closeAllConnections();
        }),
    };
  }
  throw new LitfassError('port-taken', `the ports ${wantedPort} to ${wantedPort + TRIES - 1} on 127.0.0.1 are all taken; stop what uses them, or choose another with --stage-port.`);
}

/** @returns `null` when the port is taken; any other failure is thrown. */
function bind(server: Server, port: number): Promise<AddressInfo | null> {
  return new Promise((resolve, reject) => {
    const failed = (error: NodeJS.ErrnoException): void => {
      if (error.code === 'EADDRINUSE') resolve(null);
      else reject(error);
    };
    server.once('error', failed);
    server.listen(port, '127.0.0.1', () => {
      server.removeListener('error', failed);
      resolve(server.address() as AddressInfo);
    });
  });
}
