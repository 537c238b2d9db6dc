import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { LitfassError } from '../../contract/index.ts';

const TRIES = 20;

type Handler = (request: Request) => Response | Promise<Response>;

export interface Listening {
  readonly origin: string;
  /** Answers requests from now on; until then they are told to come again. */
  serve(handler: Handler): void;
  close(): Promise<void>;
}

/**
 * Listens on 127.0.0.1, on the wanted port or the next one that is free. What answers comes later: it checks the origin,
 * which is known only now.
 *
 * @throws LitfassError `port-taken` when none of twenty ports is free
 */
export async function listen(wantedPort: number): Promise<Listening> {
  let handler: Handler = () => new Response(null, { status: 503 });
  const server = createAdaptorServer({ fetch: (request) => handler(request) }) as Server;
  for (let port = wantedPort; port < wantedPort + TRIES; port += 1) {
    const bound = await bind(server, port);
    if (bound === null) continue;
    return {
      origin: `http://127.0.0.1:${bound.port}`,
      serve(next) {
        handler = next;
      },
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
