import { Hono } from 'hono';
import { type AlarmsResponse, slugSchema } from '../../contract/index.ts';
import { listAlarms } from '../repositories/alarms.ts';
import type { HubParts } from './parts.ts';
import { parseValue } from './request-body.ts';

/** What auditors ask. The gate in front let in only who has the access key. */
export function auditRoutes({ db }: HubParts): Hono {
  const routes = new Hono();

  routes.get('/alarms', async (c) => {
    const screen = parseValue(c.req.query('screen'), slugSchema.optional(), '"screen"');
    const alarms = await listAlarms(db, screen);
    return c.json({ alarms: alarms.map(({ at_ms, screen_id, ...alarm }) => ({ ...alarm, atMs: at_ms, screenId: screen_id })) } satisfies AlarmsResponse);
  });

  return routes;
}
