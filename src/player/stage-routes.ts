import { extname, join } from 'node:path';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { describeIssues, PAGE_HEADER, stageEventsSchema, type StageEvent } from '../contract/index.ts';
import type { StageLink, StageRole } from '../playback/index.ts';
import { fileResponse, problemResponse } from './file-response.ts';

export interface StageRoutesOptions {
  /** Folder of the built stage page. */
  readonly pagesDir: string;
  readonly link: StageLink;
  readonly onEvents: (events: readonly StageEvent[]) => void;
}

/** The page shows media and frames from this site alone (`blob:` is what it fetched from there itself); a frame's page brings a policy of its own. */
const CONTENT_POLICY = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' blob:; media-src 'self' blob:; frame-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'";

const NO_PAGE = (): Response => problemResponse(403, 'forbidden', `Only the stage page itself follows commands and reports events; it says so in the header ${PAGE_HEADER}.`);

const ASSET_TYPES: Readonly<Record<string, string>> = { '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8', '.wasm': 'application/wasm' };

/** The stage page, the commands that it follows and the events that it reports. A looker-on's events are not evidence. */
export function stageRoutes({ pagesDir, link, onEvents }: StageRoutesOptions): Hono<{ Bindings: { role: StageRole } }> {
  const app = new Hono<{ Bindings: { role: StageRole } }>();

  app.get('/', (context) => fileResponse(context.req.raw, join(pagesDir, 'index.html'), { 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': CONTENT_POLICY, 'Cache-Control': 'no-store' }));

  app.get('/assets/:name{[\\w-]+\\.(js|css|wasm|pfb|ttf|bcmap)}', (context) => {
    const name = context.req.param('name');
    return fileResponse(context.req.raw, join(pagesDir, 'assets', name), { 'Content-Type': ASSET_TYPES[extname(name)] ?? 'application/octet-stream', 'Cache-Control': 'max-age=31536000, immutable' });
  });

  app.get('/commands', (context) => (context.req.header(PAGE_HEADER) === undefined ? NO_PAGE() : new Response(link.open(context.env.role), { headers: { 'Content-Type': 'application/x-ndjson', 'Cache-Control': 'no-store' } })));

  app.post('/events', bodyLimit({ maxSize: 128 * 1024, onError: () => problemResponse(413, 'events-too-large', 'A batch of stage events may have 128 kB.') }), async (context) => {
    if (context.req.header(PAGE_HEADER) === undefined) return NO_PAGE();
    const events = stageEventsSchema.safeParse(await context.req.json().catch(() => null));
    if (!events.success) return problemResponse(400, 'events-invalid', `The events do not fit their schema: ${describeIssues(events.error)}`);
    if (context.env.role === 'screen') onEvents(events.data);
    return context.body(null, 204);
  });

  return app;
}
