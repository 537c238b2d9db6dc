import { Readable } from 'node:stream';
import { Hono } from 'hono';
import { z } from 'zod';
import { type AlarmsResponse, LitfassError, slugSchema, uuidSchema } from '../../contract/index.ts';
import { listAlarms } from '../repositories/alarms.ts';
import { auditLogs, auditRecord, auditTlogProof } from '../services/audit-records.ts';
import { exportBundle } from '../services/export-bundle.ts';
import { playsCsv } from '../services/plays-csv.ts';
import { reconcile } from '../services/reconciliation.ts';
import { timelineOf } from '../services/timeline.ts';
import type { HubParts } from './parts.ts';
import { playFilterSchema } from './play-filter.ts';
import { parseValue } from './request-body.ts';

const LONGEST_TIMELINE_MS = 31 * 86_400_000;

const epochMsText = z.string().regex(/^\d{1,15}$/, 'must be milliseconds since 1970').transform(Number);
const placeSchema = z.object({ screenId: slugSchema, epoch: uuidSchema, seq: z.string().regex(/^\d{1,15}$/).transform(Number) });
const timeSchema = z.object({ from: epochMsText, to: epochMsText }).refine(({ from, to }) => from < to, '"from" must be before "to"');

/** What auditors ask. The gate in front let in only who has the access key. */
export function auditRoutes(parts: HubParts): Hono {
  const { db, clock } = parts;
  const routes = new Hono();

  routes.get('/logs', async (c) => c.json(await auditLogs(db, parts)));

  routes.get('/records/:screenId/:epoch/:seq', async (c) => {
    const { seq, ...log } = parseValue(c.req.param(), placeSchema, 'the address');
    return c.json(await auditRecord(db, parts, log, seq));
  });

  routes.get('/records/:screenId/:epoch/:seq/tlog-proof', async (c) => {
    const { seq, ...log } = parseValue(c.req.param(), placeSchema, 'the address');
    return c.body(await auditTlogProof(db, log, seq), 200, asFile('text/plain; charset=utf-8', `${log.screenId}-${String(seq)}.tlog-proof`));
  });

  routes.get('/timeline/:screenId', async (c) => {
    const { from, to } = parseValue(c.req.query(), timeSchema, 'the query');
    if (to - from > LONGEST_TIMELINE_MS) throw new LitfassError('bad-request', 'a timeline is of 31 days at most.');
    return c.json(await timelineOf(db, parseValue(c.req.param('screenId'), slugSchema, 'the address'), from, to));
  });

  routes.get('/alarms', async (c) => {
    const screen = parseValue(c.req.query('screen'), slugSchema.optional(), '"screen"');
    const alarms = await listAlarms(db, screen);
    return c.json({ alarms: alarms.map(({ at_ms, screen_id, ...alarm }) => ({ ...alarm, atMs: at_ms, screenId: screen_id })) } satisfies AlarmsResponse);
  });

  routes.get('/reconciliation', async (c) => {
    const { from, to } = parseValue(c.req.query(), timeSchema, 'the query');
    return c.json(await reconcile(db, from, to));
  });

  routes.get('/plays.csv', (c) => {
    const { from, to, ...filter } = parseValue(c.req.query(), playFilterSchema, 'the query');
    return c.body(streamOf(playsCsv(db, { ...filter, fromMs: from, toMs: to })), 200, asFile('text/csv; charset=utf-8', 'plays.csv'));
  });

  routes.get('/bundle.zip', async (c) => {
    const { from, to } = parseValue(c.req.query(), timeSchema, 'the query');
    const screenId = parseValue(c.req.query('screen'), slugSchema, '"screen"');
    const pieces = await exportBundle(db, parts, { screenId, fromMs: from, toMs: to }, clock());
    return c.body(streamOf(pieces), 200, asFile('application/zip', `${screenId}-${new Date(from).toISOString().slice(0, 10)}.zip`));
  });

  return routes;
}

function streamOf(pieces: Iterable<Uint8Array> | AsyncIterable<string>): ReadableStream {
  return Readable.toWeb(Readable.from(pieces, { objectMode: false })) as ReadableStream;
}

function asFile(type: string, name: string): Record<string, string> {
  return { 'content-type': type, 'content-disposition': `attachment; filename="${name}"`, 'cache-control': 'no-store' };
}
