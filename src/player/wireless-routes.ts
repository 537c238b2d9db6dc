import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { describeIssues, joinRequestSchema, LitfassError, type Wireless } from '../contract/index.ts';
import type { StageRole } from '../playback/index.ts';
import { problemResponse } from './file-response.ts';
import { joinNetwork, listNetworks } from './wireless.ts';

/** What the set-up page asks about wireless networks. Only whoever stands at the screen sees and joins them. */
export function wirelessRoutes(): Hono<{ Bindings: { role: StageRole } }> {
  const app = new Hono<{ Bindings: { role: StageRole } }>();
  let joining = false;

  app.use(async (context, next) => {
    if (context.env.role !== 'screen') return problemResponse(403, 'forbidden', 'Join a network at the screen itself.');
    context.header('Cache-Control', 'no-store');
    await next();
  });

  app.get('/', async (context) => {
    try {
      return context.json({ networks: [...(await listNetworks())], problem: null } satisfies Wireless);
    } catch (error) {
      if (!(error instanceof LitfassError)) throw error;
      return context.json({ networks: [], problem: error.message } satisfies Wireless);
    }
  });

  app.post('/', bodyLimit({ maxSize: 4 * 1024 }), async (context) => {
    const asked = joinRequestSchema.safeParse(await context.req.json().catch(() => null));
    if (!asked.success) return problemResponse(400, 'join-invalid', describeIssues(asked.error));
    if (joining) return problemResponse(409, 'joining', 'Another network is being joined; wait for it.');
    joining = true;
    try {
      await joinNetwork(asked.data);
    } catch (error) {
      if (!(error instanceof LitfassError)) throw error;
      return problemResponse(422, error.code, error.message);
    } finally {
      joining = false;
    }
    return context.body(null, 204);
  });

  return app;
}
