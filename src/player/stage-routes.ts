import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { describeIssues, PAGE_HEADER, stageEventsSchema, type StageEvent } from '../contract/index.ts';
import type { StageRole } from '../playback/index.ts';
import { problemResponse } from './file-response.ts';
import { pageAsset, pageIndex } from './page-files.ts';

export interface StageRoutesOptions {
  /** Folder of the built stage page. */
  readonly pagesDir: string;
  /** `life` is the word in its address by which a page is known; `null`: this page is not wanted any more. */
  readonly link: { open(role: StageRole, life: string): ReadableStream<Uint8Array> | null };
  readonly onEvents: (events: readonly StageEvent[], life: string) => void;
}

/**
 * The page shows media and frames from this site alone (`blob:` is a live stream, put together from its parts); a frame's page brings a policy
 * of its own. Nobody frames the stage: a web page that did would have a stage of its own, in our origin.
 */
const CONTENT_POLICY = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self'; media-src 'self' blob:; frame-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const NO_PAGE = (): Response => problemResponse(403, 'forbidden', `Only the stage page itself follows commands and reports events; it says so in the header ${PAGE_HEADER}.`);

/** The stage page, the commands that it follows and the events that it reports. A looker-on's events are not evidence. */
export function stageRoutes({ pagesDir, link, onEvents }: StageRoutesOptions): Hono<{ Bindings: { role: StageRole } }> {
  const app = new Hono<{ Bindings: { role: StageRole } }>();

  app.get('/', (context) => pageIndex(context, pagesDir, { 'Content-Security-Policy': CONTENT_POLICY, 'Cache-Control': 'no-store' }));
  app.get('/assets/:name', (context) => pageAsset(context, pagesDir, { 'Cache-Control': 'max-age=31536000, immutable' }));

  app.get('/commands', (context) => {
    if (context.req.header(PAGE_HEADER) === undefined) return NO_PAGE();
    const line = link.open(context.env.role, context.req.query('life') ?? '');
    return line === null ? problemResponse(410, 'page-replaced', 'Another page has the stage; the shell opened it after this one, or never opened this one.') : new Response(line, { headers: { 'Content-Type': 'application/x-ndjson', 'Cache-Control': 'no-store' } });
  });

  app.post('/events', bodyLimit({ maxSize: 128 * 1024, onError: () => problemResponse(413, 'events-too-large', 'A batch of stage events may have 128 kB.') }), async (context) => {
    if (context.req.header(PAGE_HEADER) === undefined) return NO_PAGE();
    const events = stageEventsSchema.safeParse(await context.req.json().catch(() => null));
    if (!events.success) return problemResponse(400, 'events-invalid', `The events do not fit their schema: ${describeIssues(events.error)}`);
    if (context.env.role === 'screen') onEvents(events.data, context.req.query('life') ?? '');
    return context.body(null, 204);
  });

  return app;
}
