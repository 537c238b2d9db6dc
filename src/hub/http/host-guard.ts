import { isIP } from 'node:net';
import { LitfassError } from '../../contract/index.ts';
import { problemResponse } from './problem.ts';

type Fetch = (request: Request) => Promise<Response>;

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];
const WILDCARDS = ['0.0.0.0', '::', ''];

/**
 * Refuses requests under a foreign name: by DNS rebinding a page of `evil.example` could else reach the console in the
 * visitor's own network. An address in figures cannot be rebound, so it is fine where the hub listens on all of them. Ports are
 * not compared: behind a port mapping they differ, and rebinding needs a name. Screens sign what they send, whatever the name.
 *
 * @param host that the hub listens on.
 */
export function guardHost(fetch: Fetch, host: string): Fetch {
  return async (request) => {
    const { hostname, pathname } = new URL(request.url);
    if (pathname.startsWith('/v1/') || isOwnName(hostname, host)) return fetch(request);
    return problemResponse(new LitfassError('wrong-host', `this hub does not answer to the name "${hostname}". Open it as http://${WILDCARDS.includes(host) ? 'localhost' : host} with its port.`));
  };
}

function isOwnName(hostname: string, host: string): boolean {
  if (LOOPBACK.includes(hostname) || hostname === host.toLowerCase() || hostname === `[${host}]`) return true;
  return WILDCARDS.includes(host) && isIP(hostname.replaceAll(/[[\]]/g, '')) !== 0;
}
