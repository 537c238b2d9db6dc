import { createHash, generateKeyPairSync, createPublicKey, sign, verify, type KeyObject, type KeyPairKeyObjectResult } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { serve, type HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { onTestFinished } from 'vitest';
import { enrolRequestSchema, HUB_TIME_HEADER, SIGNED_REQUEST_SKEW_MS, signedRequestText, uploadRequestSchema, witnessKeyText, type Programme, type SignedProgramme, type StatusReport } from '../../src/contract/index.ts';

/** What goes wrong with the next request: `lost request` never reaches the hub's disk, `lost answer` does. */
export type Mishap = 'lost request' | 'lost answer' | { readonly status: number; readonly retryAfter?: string; readonly body?: unknown };

/**
 * A hub in miniature that speaks the contract over real HTTP and can be made to misbehave. Written from the contract alone,
 * so that screen and hub are each held to it and not to one another.
 */
export interface HubDouble {
  readonly url: string;
  readonly publicKey: string;
  /** The same hub, started again, has the same key. */
  readonly hubKey: KeyPairKeyObjectResult;
  /** Stored leaves of a log, oldest first. */
  stored(epoch: string): string[];
  /** How often each leaf was taken in as new. */
  readonly effects: Map<string, number>;
  readonly uploads: { from: number; rows: number; at: number }[];
  /** Requests for media: the Range header, or null. */
  readonly ranges: (string | null)[];
  readonly reports: StatusReport[];
  readonly mishaps: Mishap[];
  /** What the witness' clock says. */
  witnessTimeMs: () => number;
  forgeCosignatures: boolean;
  /** Forgets rows from `nextSeq` on, as a restored backup does. */
  forget(epoch: string, nextSeq: number): void;
  /** Overwrites a stored hash: the hub now remembers another history. */
  rewrite(epoch: string, seq: number): void;
  publish(programme: Programme, change?: Partial<SignedProgramme>): void;
  readonly media: Map<string, Buffer>;
  /** Media answers break off after so many bytes. */
  breakAfter: number | null;
  /** Answers 206 with this Content-Range instead of the right one. */
  contentRange: string | null;
  close(): Promise<void>;
}

export async function startHubDouble(options: { port?: number; before?: HubDouble } = {}): Promise<HubDouble> {
  const hubKey = options.before?.hubKey ?? generateKeyPairSync('ed25519');
  const witness = generateKeyPairSync('ed25519');
  const witnessRaw = Buffer.from(witness.publicKey.export({ format: 'jwk' }).x ?? '', 'base64url');
  const witnessId = createHash('sha256').update('double\n').update(Uint8Array.of(4)).update(witnessRaw).digest().subarray(0, 4);
  const witnessKey = `double+${witnessId.toString('hex')}+${Buffer.concat([Uint8Array.of(4), witnessRaw]).toString('base64')}`;
  const keySignature = sign(null, Buffer.from(witnessKeyText(witnessKey)), hubKey.privateKey).toString('base64');

  /** cosignature/v1, by hand. */
  function cosigned(note: string) {
    const seconds = Math.floor(hub.witnessTimeMs() / 1000);
    const time = Buffer.alloc(8);
    time.writeBigUInt64BE(BigInt(seconds));
    const text = note.slice(0, note.lastIndexOf('\n\n') + 1);
    const signature = sign(null, Buffer.from(`cosignature/v1\ntime ${seconds}\n${text}`), witness.privateKey);
    if (hub.forgeCosignatures) signature[0]! ^= 1;
    return { cosignature: `\u2014 double ${Buffer.concat([witnessId, time, signature]).toString('base64')}\n`, witnessKey, keySignature };
  }

  const logs = new Map<string, { leaf: string; hash: string }[]>();
  const screens = new Map<string, KeyObject>();
  const listeners = new Set<() => void>();
  let published: SignedProgramme | null = null;

  const app = new Hono<{ Bindings: HttpBindings }>();
  app.use(async (c, next) => {
    await next();
    c.header(HUB_TIME_HEADER, String(Date.now()));
  });

  app.post('/v1/enrol', async (c) => {
    const mishap = hub.mishaps.shift();
    if (mishap === 'lost request') return lose(c.env);
    const { code, publicKey } = enrolRequestSchema.parse(await c.req.json());
    if (typeof mishap === 'object') return Response.json(mishap.body ?? {}, { status: mishap.status });
    if (code !== 'RIGHT-CODE') return c.json({ code: 'pairing-code', message: 'this pairing code is unknown. Make a new one.' }, 403);
    screens.set('entrance', createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(publicKey, 'base64').toString('base64url') }, format: 'jwk' }));
    if (mishap === 'lost answer') return lose(c.env);
    return c.json({ screenId: 'entrance', hubPublicKey: hub.publicKey, hubTimeMs: Date.now() });
  });

  app.use('/v1/*', async (c, next) => {
    const [, id = '', time = '', bodySha256 = '', signature = ''] = /^Litfass screen="(.*)", time="(.*)", body="(.*)", signature="(.*)"$/.exec(c.req.header('authorization') ?? '') ?? [];
    const body = Buffer.from(await c.req.arrayBuffer());
    const { pathname, search } = new URL(c.req.url);
    const text = signedRequestText({ method: c.req.method, pathAndQuery: pathname + search, timeMs: Number(time), bodySha256 });
    const key = screens.get(id);
    const genuine = key !== undefined && verify(null, Buffer.from(text), key, Buffer.from(signature, 'base64')) && createHash('sha256').update(body).digest('hex') === bodySha256;
    if (!genuine) return c.json({ code: 'bad-signature', message: 'the signature does not fit.' }, 401);
    if (Math.abs(Number(time) - Date.now()) > SIGNED_REQUEST_SKEW_MS) return c.json({ code: 'clock-skew', message: 'the clock is off.' }, 401);
    return next();
  });

  app.post('/v1/screens/:id/impressions', async (c) => {
    const mishap = hub.mishaps.shift();
    if (mishap === 'lost request') return lose(c.env);
    if (typeof mishap === 'object') return Response.json(mishap.body ?? { code: 'busy', message: 'not now.' }, { status: mishap.status, headers: mishap.retryAfter === undefined ? {} : { 'retry-after': mishap.retryAfter } });
    const { epoch, from, rows, checkpoint } = uploadRequestSchema.parse(await c.req.json());
    hub.uploads.push({ from, rows: rows.length, at: Date.now() });
    const log = logs.get(epoch) ?? [];
    logs.set(epoch, log);
    if (from > log.length) return c.json({ nextSeq: log.length }, 409);
    for (const row of rows) {
      const known = log[row.seq];
      if (known !== undefined && known.hash !== row.hash) return c.json({ code: 'fork', message: 'the log was rewritten.' }, 422);
    }
    for (const { leaf, hash } of rows.slice(log.length - from)) {
      log.push({ leaf, hash });
      hub.effects.set(leaf, (hub.effects.get(leaf) ?? 0) + 1);
    }
    if (mishap === 'lost answer') return lose(c.env);
    return c.json({ nextSeq: log.length, cosigned: cosigned(checkpoint) });
  });

  app.get('/v1/screens/:id/programme', (c) => {
    const mishap = hub.mishaps.shift();
    if (mishap === 'lost request' || mishap === 'lost answer') return lose(c.env);
    if (published === null) return c.json({ code: 'no-programme', message: 'nothing was published yet.' }, 404);
    const etag = `"${createHash('sha256').update(published.programme + published.signature).digest('hex')}"`;
    return c.req.header('if-none-match') === etag ? c.body(null, 304) : c.json(published, 200, { etag });
  });

  app.get('/v1/screens/:id/events', (c) => {
    let tell: () => void = () => undefined;
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        tell = () => controller.enqueue(Buffer.from('{"type":"programme","version":1}\n{"type":"from the future"}\n'));
        listeners.add(tell);
        controller.enqueue(Buffer.from('{"type":"ping"}\n'));
      },
      cancel: () => void listeners.delete(tell),
    });
    return c.body(body, 200, { 'content-type': 'application/x-ndjson' });
  });

  app.post('/v1/screens/:id/status', async (c) => {
    if (hub.mishaps.shift() !== undefined) return lose(c.env);
    hub.reports.push(await c.req.json());
    return c.body(null, 204);
  });

  app.get('/v1/media/:sha256', (c) => {
    const sha256 = c.req.param('sha256');
    const bytes = hub.media.get(sha256);
    if (bytes === undefined) return c.json({ code: 'unknown-media', message: 'there is no such file.' }, 404);
    const range = c.req.header('range') ?? null;
    hub.ranges.push(range);
    const asked = c.req.header('if-range') === `"${sha256}"` ? /^bytes=(\d+)-$/.exec(range ?? '') : null;
    const from = Number(asked?.[1] ?? 0);
    const rest = bytes.subarray(from);
    const headers = { 'content-length': String(rest.byteLength), ...(asked && { 'content-range': hub.contentRange ?? `bytes ${from}-${bytes.byteLength - 1}/${bytes.byteLength}` }) };
    if (hub.breakAfter === null) return new Response(new Uint8Array(rest), { status: asked ? 206 : 200, headers });
    const { outgoing } = c.env;
    outgoing.writeHead(asked ? 206 : 200, headers);
    outgoing.write(rest.subarray(0, hub.breakAfter), () => outgoing.destroy());
    return alreadySent();
  });

  const server = serve({ fetch: app.fetch, port: options.port ?? 0, hostname: '127.0.0.1' });
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;

  const hub: HubDouble = {
    hubKey,
    url: `http://127.0.0.1:${port}`,
    publicKey: Buffer.from(hubKey.publicKey.export({ format: 'jwk' }).x ?? '', 'base64url').toString('base64'),
    stored: (epoch) => (logs.get(epoch) ?? []).map((row) => row.leaf),
    effects: new Map(),
    uploads: [],
    ranges: [],
    reports: [],
    mishaps: [],
    witnessTimeMs: Date.now,
    forgeCosignatures: false,
    forget: (epoch, nextSeq) => void logs.get(epoch)?.splice(nextSeq),
    rewrite(epoch, seq) {
      const log = logs.get(epoch) ?? [];
      log[seq] = { leaf: '{}', hash: '0'.repeat(64) };
      logs.set(epoch, log);
    },
    publish(programme, change = {}) {
      const text = JSON.stringify(programme);
      published = { programme: text, signature: sign(null, Buffer.from(text), hubKey.privateKey).toString('base64'), ...change };
      for (const tell of listeners) tell();
    },
    media: new Map(),
    breakAfter: null,
    contentRange: null,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        if ('closeAllConnections' in server) server.closeAllConnections();
      }),
  };
  onTestFinished(() => hub.close());
  return hub;
}

/** The line goes dead before an answer was heard. */
function lose({ outgoing }: HttpBindings): Response {
  outgoing.destroy();
  return alreadySent();
}

/** Tells @hono/node-server that the answer was written by hand. */
function alreadySent(): Response {
  return new Response(null, { headers: { 'x-hono-already-sent': 'true' } });
}
