import { Hono } from 'hono';
import { HUB_TIME_HEADER, LitfassError } from '../../contract/index.ts';
import { explainStorageError } from '../repositories/storage-error.ts';
import { requireAccess } from './access.ts';
import { auditRoutes } from './audit-routes.ts';
import { commandRoutes } from './command-routes.ts';
import { consolePages } from './console-pages.ts';
import { consoleRoutes } from './console-routes.ts';
import { deviceRoutes } from './device-routes.ts';
import type { HubParts } from './parts.ts';
import { problemResponse } from './problem.ts';
import { witnessRoutes } from './witness-routes.ts';

/** Codes that are worth a line in the log although the asker was told: somebody other than the asker has to act. */
const ALARMS = ['fork', 'bad-checkpoint', 'bad-hash', 'storage-full', 'storage-read-only', 'storage-failing', 'database-corrupt'];

/** The whole surface of the hub: `/v1` for screens, which sign, and behind the gate everything for people. */
export function createApp(parts: HubParts): Hono {
  const app = new Hono();

  app.use(async (c, next) => {
    await next();
    c.header(HUB_TIME_HEADER, String(parts.clock()));
    c.header('x-content-type-options', 'nosniff');
    // The link with the access key must not travel on in a Referer.
    c.header('referrer-policy', 'no-referrer');
  });

  app.onError((error) => {
    const explained = explainStorageError(error, parts.dataDir);
    if (!(explained instanceof LitfassError)) {
      parts.notice(`hub: ${error.stack ?? error.message}`);
      return problemResponse(new LitfassError('internal', 'the hub failed at this request; its log says why.'));
    }
    if (ALARMS.includes(explained.code)) parts.notice(`hub: ${explained.message}`);
    return problemResponse(explained);
  });
  app.notFound((c) => problemResponse(new LitfassError('not-found', `there is nothing at ${c.req.method} ${c.req.path}.`)));

  app.route('/v1', deviceRoutes(parts));
  app.route('/', witnessRoutes(parts));
  app.use('*', requireAccess(parts.keys.accessKey));
  app.route('/api/audit', auditRoutes(parts));
  app.route('/api/screens', commandRoutes(parts));
  app.route('/', consoleRoutes(parts));
  app.route('/', consolePages(parts.pagesDir));
  return app;
}
