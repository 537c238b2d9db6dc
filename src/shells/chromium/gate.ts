import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { Hono } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import type { Problem } from '../../contract/index.ts';
import type { Player, Role } from '../../player/index.ts';

export interface Gate {
  fetch(request: Request): Response | Promise<Response>;
  /** The page's address with the token that lets it in; the answer swaps the token for a cookie. */
  entrance(role: Role, path: string): string;
}

/**
 * What stands between a local port and the player. Any program and any web page on this machine can reach a port, so: only
 * our own Host (a foreign name that resolves here is DNS rebinding), only our own Origin, and only with a token that is
 * made anew at each start. There are two tokens: the screen's, and one that may look on and change nothing.
 */
export function createGate(player: Pick<Player, 'fetch'>, origin: string): Gate {
  const { host, port } = new URL(origin);
  const hosts = new Set([host, `localhost:${port}`]);
  const cookie = `litfass-${port}`;
  const tokens: Readonly<Record<Role, string>> = { screen: newToken(), view: newToken() };

  const app = new Hono();
  app.use(async (context, next) => {
    const problem = (message: string): Response => context.json({ code: 'forbidden', message } satisfies Problem, 403);
    if (!hosts.has(context.req.header('host') ?? '')) return problem(`this is ${host}, not ${String(context.req.header('host'))}`);
    const from = context.req.header('origin');
    if (from !== undefined && !hosts.has(hostOf(from))) return problem(`requests from ${from} are refused`);
    await next();
  });
  app.all('*', (context) => {
    const offered = context.req.query('token');
    if (offered !== undefined && roleOf(offered) !== null) {
      setCookie(context, cookie, offered, { httpOnly: true, sameSite: 'Strict', path: '/' });
      const { pathname, searchParams } = new URL(context.req.url);
      searchParams.delete('token');
      return context.redirect(searchParams.size === 0 ? pathname : `${pathname}?${searchParams.toString()}`, 303);
    }
    const role = roleOf(getCookie(context, cookie) ?? '');
    if (role === null) return context.json({ code: 'forbidden', message: 'Open the stage with the link that the player printed when it started; it changes with each start.' } satisfies Problem, 403);
    return player.fetch(context.req.raw, { role });
  });

  function roleOf(token: string): Role | null {
    if (equal(token, tokens.screen)) return 'screen';
    return equal(token, tokens.view) ? 'view' : null;
  }

  return { fetch: (request) => app.fetch(request), entrance: (role, path) => `${origin}${path}?token=${tokens[role]}` };
}

function newToken(): string {
  return randomBytes(24).toString('base64url');
}

/** Compares digests, so that neither the content nor the length shows in the time it takes. */
function equal(a: string, b: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}

function hostOf(origin: string): string {
  return URL.canParse(origin) ? new URL(origin).host : '';
}
