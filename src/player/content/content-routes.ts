import { Hono, type Context } from 'hono';
import { readDescriptor, type Fetch, type Sources } from '../../content/index.ts';
import { LitfassError, sha256Schema, type ContentKind, type Creative, type PackageContent, type Source, type StreamContent, type TickerContent, type WebContent } from '../../contract/index.ts';
import type { StageRole } from '../../playback/index.ts';
import { problemResponse } from '../file-response.ts';
import { htmlPage } from './html-content.ts';
import { streamPart, streamPlaylist } from './stream-content.ts';
import { ENTRANCE, fieldsOf, packageFile, Packages, type ScreenFacts } from './package-content.ts';
import { tickerContent } from './ticker-content.ts';
import { checkWebPage, webFrame } from './web-content.ts';

export interface ContentRoutesOptions {
  /** Where the file of this hash is. */
  readonly path: (sha256: string) => string;
  /** The creative that this file belongs to. */
  readonly find: (sha256: string) => Creative | undefined;
  readonly sources: Sources;
  readonly screen: ScreenFacts;
  /** Stands in the address of every package: who does not know it cannot ask. A package's page has no cookie to show. */
  readonly packageKey: string;
  readonly fetch?: Fetch;
}

interface Roles {
  Bindings: { readonly role: StageRole };
}

/** What the stage asks about content that is more than a file. */
export function contentRoutes({ path, find, sources, screen, packageKey, fetch }: ContentRoutesOptions): Hono<Roles> {
  const app = new Hono<Roles>();
  const packages = new Packages(path);

  app.get('/content/html/:sha256', (context) =>
    answering(() => {
      const { sha256 } = require(context, 'html');
      return htmlPage(context.req.raw, path(sha256));
    }),
  );

  app.get('/content/package/:sha256', (context) =>
    answering(async () => {
      const { sha256 } = require(context, 'package');
      const opened = await packages.open(sha256);
      return Response.json({ entrance: `../packages/${packageKey}/${sha256}/${ENTRANCE}`, fields: fieldsOf(opened, sources, screen) } satisfies PackageContent, { headers: FRESH });
    }),
  );

  app.get('/packages/:key/:sha256/:name{.+}', (context) =>
    answering(async () => {
      if (context.req.param('key') !== packageKey) throw new LitfassError('not-found', 'There is no such package.');
      const { sha256 } = require(context, 'package');
      const { protocol, host } = new URL(context.req.url);
      return packageFile(await packages.open(sha256), context.req.param('name'), `${protocol}//${host}/packages/${packageKey}/${sha256}/`);
    }),
  );

  app.get('/content/ticker/:sha256', (context) =>
    answering(async () => {
      const { sha256 } = require(context, 'ticker');
      return Response.json(tickerContent(await readDescriptor(path(sha256), 'ticker'), sources) satisfies TickerContent, { headers: FRESH });
    }),
  );

  app.get('/content/web/:sha256', (context) =>
    answering(async () => {
      const { sha256 } = require(context, 'web');
      const { source, timeoutMs = PAGE_TIMEOUT_MS } = await readDescriptor(path(sha256), 'web');
      await checkWebPage({ source: sourceOf(source), timeoutMs, own: new URL(context.req.url), ...(fetch === undefined ? {} : { fetch }) });
      return Response.json({ frame: `../content/web/${sha256}/frame`, timeoutMs, isWatched: context.env.role === 'screen' } satisfies WebContent, { headers: FRESH });
    }),
  );

  app.get('/content/web/:sha256/frame', (context) =>
    answering(async () => {
      const { sha256 } = require(context, 'web');
      return webFrame(sourceOf((await readDescriptor(path(sha256), 'web')).source));
    }),
  );

  app.get('/content/stream/:sha256', (context) =>
    answering(async () => {
      const { sha256 } = require(context, 'stream');
      const source = sourceOf((await readDescriptor(path(sha256), 'stream')).source);
      return Response.json({ playlist: `../content/stream/${sha256}/${streamPlaylist(source)}` } satisfies StreamContent, { headers: FRESH });
    }),
  );

  app.get('/content/stream/:sha256/part', (context) =>
    answering(async () => {
      const { sha256 } = require(context, 'stream');
      const source = sourceOf((await readDescriptor(path(sha256), 'stream')).source);
      return streamPart({ source, url: context.req.query('url') ?? '', range: context.req.header('range'), ...(fetch === undefined ? {} : { fetch }) });
    }),
  );

  function sourceOf(id: string): Source {
    const source = sources.find(id);
    if (source === undefined) throw new LitfassError('source-unknown', `the programme has no source "${id}".`);
    return source;
  }

  function require(context: Context, kind: ContentKind): Creative {
    const sha256 = sha256Schema.safeParse(context.req.param('sha256'));
    const creative = sha256.success ? find(sha256.data) : undefined;
    if (creative?.kind !== kind) throw new LitfassError('not-found', `No creative of the programme is this ${kind}.`);
    return creative;
  }

  return app;
}

/** A page is given this long if its descriptor says nothing. */
const PAGE_TIMEOUT_MS = 8_000;
const FRESH = { 'Cache-Control': 'no-store' };

async function answering(answer: () => Promise<Response>): Promise<Response> {
  try {
    return await answer();
  } catch (error) {
    if (!(error instanceof LitfassError)) throw error;
    return problemResponse(error.code === 'not-found' ? 404 : 503, error.code, error.message);
  }
}
