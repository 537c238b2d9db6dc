import { Hono, type MiddlewareHandler } from 'hono';
import { z } from 'zod';
import { commandOutcomeSchema, enrolRequestSchema, type EnrolResponse, type HubEvent, LitfassError, sha256Schema, stagePictureSchema, type StatusAnswer, statusReportSchema, type StoredPlays, uploadRequestSchema, type UploadResponse, uuidSchema } from '../../contract/index.ts';
import { countStoredPlays } from '../repositories/plays.ts';
import type { ScreenRow } from '../repositories/screens.ts';
import { sha256Hex } from '../services/digest.ts';
import { rawPublicKey } from '../services/ed25519.ts';
import { enrol } from '../services/enrolment.ts';
import { takeImpressions } from '../services/impression-intake.ts';
import { verifySignedRequest } from '../services/signed-request.ts';
import { mediaResponse } from './media-response.ts';
import { ndjsonResponse } from './ndjson.ts';
import type { HubParts } from './parts.ts';
import { gunzipped, parseJson, parseValue, readBody } from './request-body.ts';

const PING_MS = 15_000;
const SMALL_BODY = 64 * 1024;
/** A small picture in base64, and some words. */
const OUTCOME_BODY = 512 * 1024;
/** The largest batch that `uploadRequestSchema` allows, with every character escaped once. */
const UPLOAD_BODY = 70 * 1024 * 1024;

interface Signed {
  Variables: { screen: ScreenRow; screenId: string; signedMs: number; bodySha256: string };
}

/** What screens ask of the hub. Everything but enrolment is signed with the screen's key. */
export function deviceRoutes(parts: HubParts): Hono {
  const { db, clock, fleet, publisher, library, witness, closing } = parts;
  const signed = new Hono<Signed>().use(requireSignature(parts));

  signed.get('/screens/:id/programme', (c) => {
    const programme = publisher.current();
    if (programme === undefined) throw new LitfassError('no-programme', 'nothing was published at this hub yet. Publish a programme; the screen hears of it at once.');
    const etag = `"${sha256Hex(programme.signature)}"`;
    if (c.req.header('if-none-match') === etag) return c.body(null, 304, { etag });
    return c.json(programme, 200, { etag, 'cache-control': 'no-cache' });
  });

  signed.get('/screens/:id/events', () =>
    ndjsonResponse((send) => {
      const sendVersion = (): void => send({ type: 'programme', version: publisher.currentVersion() } satisfies HubEvent);
      sendVersion();
      const unsubscribe = publisher.published.subscribe(sendVersion);
      const pinging = setInterval(() => send({ type: 'ping' } satisfies HubEvent), PING_MS);
      return () => {
        unsubscribe();
        clearInterval(pinging);
      };
    }, closing),
  );

  signed.get('/media/:sha256', (c) => mediaResponse(library, parseValue(c.req.param('sha256'), sha256Schema, 'the address'), c.req.raw));

  signed.post('/screens/:id/impressions', async (c) => {
    const upload = parseJson(await readSignedBody(c.req.raw, c.get('bodySha256'), UPLOAD_BODY), uploadRequestSchema);
    const { outcome, nextSeq, inserted, cosignature } = await takeImpressions(db, witness, c.get('screen'), upload, clock());
    if (inserted > 0) {
      parts.second?.accepted({ screenId: c.get('screenId'), epoch: upload.epoch });
      await fleet.uploaded(c.get('screenId'));
    }
    return c.json({ nextSeq, ...(cosignature === null ? {} : { cosigned: witness.answer(cosignature) }) } satisfies UploadResponse, outcome === 'gap' ? 409 : 200);
  });

  signed.get('/screens/:id/logs/:epoch/plays', async (c) => {
    const log = { screenId: c.get('screenId'), epoch: parseValue(c.req.param('epoch'), uuidSchema, 'the address') };
    const from = parseValue(Number(c.req.query('from')), z.int().min(0), '"from"');
    return c.json((await countStoredPlays(db, log, from)) satisfies StoredPlays);
  });

  signed.post('/screens/:id/status', async (c) => {
    const report = parseJson(await readSignedBody(c.req.raw, c.get('bodySha256'), SMALL_BODY), statusReportSchema);
    fleet.reported(c.get('screenId'), c.get('signedMs'), report);
    const waiting = parts.commands.waiting(c.get('screenId'));
    return waiting.length === 0 ? c.body(null, 204) : c.json({ commands: waiting } satisfies StatusAnswer);
  });

  signed.post('/screens/:id/commands/:command/outcome', async (c) => {
    const outcome = parseJson(await readSignedBody(c.req.raw, c.get('bodySha256'), OUTCOME_BODY), commandOutcomeSchema);
    parts.commands.settle(c.get('screenId'), parseValue(c.req.param('command'), uuidSchema, 'the address'), outcome);
    return c.body(null, 204);
  });

  signed.post('/screens/:id/picture', async (c) => {
    parts.pictures.scheduled(c.get('screenId'), parseJson(await readSignedBody(c.req.raw, c.get('bodySha256'), OUTCOME_BODY), stagePictureSchema));
    return c.body(null, 204);
  });

  const routes = new Hono();
  routes.post('/enrol', async (c) => {
    const nowMs = clock();
    const { screen, isNew } = await enrol(db, parseJson(await readBody(c.req.raw, SMALL_BODY), enrolRequestSchema), nowMs);
    if (isNew) fleet.add(screen);
    return c.json({ screenId: screen.id, hubPublicKey: rawPublicKey(parts.keys.signingKey), hubTimeMs: nowMs } satisfies EnrolResponse);
  });
  routes.route('/', signed);
  return routes;
}

function requireSignature({ db, clock, fleet }: HubParts): MiddlewareHandler<Signed> {
  return async (c, next) => {
    const { pathname, search } = new URL(c.req.url);
    const request = { method: c.req.method, pathAndQuery: pathname + search, authorization: c.req.header('authorization') };
    const { screen, timeMs, bodySha256 } = await verifySignedRequest(db, request, clock());
    const [, owner] = /\/screens\/([^/]+)\//.exec(pathname) ?? [];
    if (owner !== undefined && owner !== screen.id) throw new LitfassError('wrong-screen', `screen "${screen.id}" cannot speak for "${owner}".`);
    fleet.heardFrom(screen.id, timeMs);
    c.set('screen', screen);
    c.set('screenId', screen.id);
    c.set('signedMs', timeMs);
    c.set('bodySha256', bodySha256);
    await next();
  };
}

/** @throws LitfassError `bad-signature` if the body is not the one that was signed; `too-large`, `bad-request` if it does not unpack. */
async function readSignedBody(request: Request, bodySha256: string, maxBytes: number): Promise<Buffer> {
  const body = await readBody(request, maxBytes);
  if (sha256Hex(body) !== bodySha256) throw new LitfassError('bad-signature', 'the body is not the one that was signed.');
  return request.headers.get('content-encoding') === 'gzip' ? gunzipped(body, maxBytes) : body;
}
