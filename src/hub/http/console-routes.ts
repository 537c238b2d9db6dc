import { Hono } from 'hono';
import { z } from 'zod';
import { type CreativesResponse, LitfassError, type PairingCode, programmeDraftSchema, type Published, sha256Schema, slugSchema, uuidSchema } from '../../contract/index.ts';
import { listCreatives } from '../repositories/creatives.ts';
import { findLogRow } from '../repositories/impression-log.ts';
import { audienceReport } from '../services/audience-report.ts';
import { createPairingCode } from '../services/pairing-code.ts';
import { pageOfPlays, parsePosition } from '../services/play-pages.ts';
import { mediaResponse } from './media-response.ts';
import { ndjsonResponse } from './ndjson.ts';
import type { HubParts } from './parts.ts';
import { playFilterSchema } from './play-filter.ts';
import { parseJson, parseValue, readBody } from './request-body.ts';

const PROGRAMME_BODY = 10_000_000;

const impressionsQuerySchema = playFilterSchema.extend({
  before: z.string().optional(),
  limit: z.string().regex(/^\d{1,3}$/).transform(Number).pipe(z.int().min(1).max(200)).default(50),
});

/** A month at most. */
const audienceQuerySchema = z.object({ minutes: z.string().regex(/^\d{1,5}$/, 'must be a whole number of minutes').transform(Number).pipe(z.int().min(1).max(44_640)).default(60) });

const recordPlaceSchema = z.object({ screenId: slugSchema, epoch: uuidSchema, seq: z.string().regex(/^\d{1,15}$/).transform(Number) });

/** What the console's pages and content managers ask of the hub. The gate in front let in only who has the access key. */
export function consoleRoutes(parts: HubParts): Hono {
  const { db, clock, fleet, publisher, library, broadcast, closing } = parts;
  const routes = new Hono();

  routes.get('/api/screens', (c) => c.json(fleet.view(publisher.currentVersion())));

  routes.get('/api/screens/:id/audience', async (c) => {
    const { minutes } = parseValue(c.req.query(), audienceQuerySchema, 'the query');
    return c.json(await audienceReport(db, parseValue(c.req.param('id'), slugSchema, 'the address'), minutes, clock()));
  });

  routes.get('/api/screens/live', () => ndjsonResponse((send) => broadcast.subscribe(send), closing));

  routes.get('/api/impressions', async (c) => {
    const { before, limit, from, to, ...filter } = parseValue(c.req.query(), impressionsQuerySchema, 'the query');
    const position = before === undefined ? undefined : parsePosition(before);
    if (position === null) throw new LitfassError('bad-request', `before=${before ?? ''} is not a position. Take it from nextBefore of the page before.`);
    return c.json(await pageOfPlays(db, { ...filter, fromMs: from, toMs: to }, { before: position, limit }));
  });

  /** The log row itself, word for word, so that anybody can hash it again. */
  routes.get('/api/impressions/:screenId/:epoch/:seq', async (c) => {
    const { seq, ...log } = parseValue(c.req.param(), recordPlaceSchema, 'the address');
    const row = await findLogRow(db, log, seq);
    if (row === undefined) throw new LitfassError('unknown-impression', `the log of screen "${log.screenId}" has no row ${String(seq)} at this hub.`);
    return c.json(row);
  });

  routes.get('/api/creatives', async (c) => c.json({ creatives: await listCreatives(db) } satisfies CreativesResponse));

  routes.post('/api/pairing-codes', async (c) => c.json((await createPairingCode(db, clock())) satisfies PairingCode, 201));

  routes.post('/api/programmes', async (c) => {
    const draft = parseJson(await readBody(c.req.raw, PROGRAMME_BODY), programmeDraftSchema);
    return c.json((await publisher.publish(draft)) satisfies Published);
  });

  routes.put('/api/media/:sha256', async (c) => {
    const sha256 = parseValue(c.req.param('sha256'), sha256Schema, 'the address');
    const media = await library.put(sha256, c.req.header('content-type') ?? '', c.req.raw.body ?? emptyBody());
    return c.json({ sha256: media.sha256, bytes: media.bytes, mediaType: media.media_type }, 201);
  });

  routes.get('/media/:sha256', (c) => mediaResponse(library, parseValue(c.req.param('sha256'), sha256Schema, 'the address'), c.req.raw));

  return routes;
}

async function* emptyBody(): AsyncIterable<Uint8Array> {
  // Nothing: the hash check says what is wrong.
}
