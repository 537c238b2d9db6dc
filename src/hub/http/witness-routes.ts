import { Hono } from 'hono';
import { LitfassError } from '../../contract/index.ts';
import { parseUtf8 } from '../../impressions/index.ts';
import { addCheckpoint } from '../services/add-checkpoint.ts';
import type { HubParts } from './parts.ts';
import { readBody } from './request-body.ts';

const MOST_BODY = 32 * 1024;

/** C2SP tlog-witness: open to all, since every request carries the signature of a log that this witness was told of. */
export function witnessRoutes({ db, clock, witness, witnessFor }: HubParts): Hono {
  const routes = new Hono();

  routes.post('/add-checkpoint', async (c) => {
    const body = parseUtf8(await readBody(c.req.raw, MOST_BODY));
    if (body === null) throw new LitfassError('add-checkpoint-malformed', 'the body is not UTF-8.');
    const answer = await addCheckpoint(db, witness, witnessFor, body, clock());
    if (answer.kind === 'conflict') return c.body(`${String(answer.size)}\n`, 409, { 'content-type': 'text/x.tlog.size' });
    return c.body(answer.cosignature, 200, { 'content-type': 'text/plain; charset=utf-8' });
  });

  return routes;
}
