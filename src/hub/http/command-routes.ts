import { Hono } from 'hono';
import { type CommandsResponse, LitfassError, remoteOrderSchema, slugSchema } from '../../contract/index.ts';
import { findScreen } from '../repositories/screens.ts';
import type { HubParts } from './parts.ts';
import { parseJson, parseValue, readBody } from './request-body.ts';

const ORDER_BODY = 4_096;

/** What people want of a screen, and what came of it. The gate in front let in only who has the access key. */
export function commandRoutes({ db, commands, pictures }: HubParts): Hono {
  const routes = new Hono();

  routes.post('/:id/commands', async (c) => {
    const id = await knownScreen(c.req.param('id'));
    const { id: command, expiresMs } = commands.issue(id, parseJson(await readBody(c.req.raw, ORDER_BODY), remoteOrderSchema));
    return c.json({ id: command, expiresMs }, 201);
  });

  routes.get('/:id/commands', async (c) => {
    const id = await knownScreen(c.req.param('id'));
    return c.json({ commands: commands.list(id), picture: pictures.about(id) } satisfies CommandsResponse);
  });

  routes.get('/:id/picture', async (c) => {
    const id = await knownScreen(c.req.param('id'));
    const picture = pictures.newest(id);
    if (picture === null) throw new LitfassError('no-picture', `there is no picture of screen "${id}" yet. Ask for one with the command "screenshot", or let the programme ask with "pictures".`);
    return c.body(new Uint8Array(picture.jpeg), 200, { 'content-type': 'image/jpeg', 'cache-control': 'no-store', 'last-modified': new Date(picture.arrivedMs).toUTCString() });
  });

  async function knownScreen(id: string): Promise<string> {
    const screenId = parseValue(id, slugSchema, 'the address');
    if ((await findScreen(db, screenId)) === undefined) throw new LitfassError('unknown-screen', `there is no screen "${screenId}" at this hub.`);
    return screenId;
  }

  return routes;
}
