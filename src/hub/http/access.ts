import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Context, MiddlewareHandler } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { LitfassError } from '../../contract/index.ts';
import { sha256Hex } from '../services/digest.ts';
import { welcomeResponse } from './welcome-page.ts';

const READING = ['GET', 'HEAD'];

/**
 * Lets in who has the hub's access key: pages by the link that the terminal printed, which leaves a cookie behind, programs by
 * `Authorization: Bearer`. The cookie is made from the key, so nothing has to be stored, and the key is never in it.
 */
export function requireAccess(accessKey: string): MiddlewareHandler {
  const ticket = createHmac('sha256', accessKey).update('litfass-console-v1').digest('base64url');
  // Cookies do not tell ports apart: two hubs on one machine must not overwrite each other's.
  const cookieName = `litfass-${sha256Hex(ticket).slice(0, 8)}`;

  return async (c, next) => {
    const key = c.req.query('key');
    if (c.req.path === '/' && key !== undefined) {
      if (!same(key, accessKey)) return welcomeResponse('wrong-key');
      setCookie(c, cookieName, ticket, { httpOnly: true, sameSite: 'Strict', path: '/', secure: c.req.url.startsWith('https:') });
      return c.redirect('/', 303);
    }
    const [, bearer] = /^Bearer (\S+)$/.exec(c.req.header('authorization') ?? '') ?? [];
    if (!same(bearer ?? '', accessKey) && !same(getCookie(c, cookieName) ?? '', ticket)) {
      if (c.req.header('accept')?.includes('text/html') === true) return welcomeResponse('no-key');
      throw new LitfassError('access-key', "this address needs the hub's access key: open the link that the terminal printed, or send Authorization: Bearer <access key>.");
    }
    if (!READING.includes(c.req.method)) refuseOtherOrigins(c, bearer !== undefined);
    return next();
  };
}

/** Browsers name the page that a write comes from; only the console itself may write with the console's cookie. */
function refuseOtherOrigins(c: Context, isProgram: boolean): void {
  const origin = c.req.header('origin');
  if (origin === undefined && isProgram) return;
  const own = c.req.header('host') ?? new URL(c.req.url).host;
  if (origin === undefined || URL.parse(origin)?.host !== own) throw new LitfassError('wrong-origin', `a page of ${origin ?? 'unknown origin'} may not change anything here.`);
}

function same(given: string, wanted: string): boolean {
  return timingSafeEqual(Buffer.from(sha256Hex(given)), Buffer.from(sha256Hex(wanted)));
}
