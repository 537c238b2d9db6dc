import { createHash } from 'node:crypto';
import { HUB_TIME_HEADER, LitfassError, problemSchema, signedRequestText, type Clock, type HubClock, type Problem } from '../contract/index.ts';
import { createHubClock } from './hub-clock.ts';
import { badHubAnswer, hubOffline, HubRefusal } from './hub-errors.ts';
import { parseJson } from './parse-json.ts';
import type { ScreenKey } from './screen-key.ts';
import { startWatchdog, type Watchdog } from './watchdog.ts';

const MAX_PROBLEM_BYTES = 64 * 1024;
/** A slip in a proxy's configuration must not silence a chain's screens for days. */
const MAX_RETRY_AFTER_MS = 3_600_000;

/** Who signs: the screen, by the name that the hub gave it. */
export interface Identity {
  readonly screenId: string;
  readonly key: ScreenKey;
}

export interface HubConnectionOptions {
  readonly hubUrl: string;
  readonly clock: Clock;
  /** Without it requests go unsigned, as only enrolment may. */
  readonly identity?: Identity;
  readonly fetch?: typeof globalThis.fetch;
}

export interface HubRequest {
  readonly method: 'GET' | 'POST';
  /** From `/v1/` on. */
  readonly path: string;
  /** JSON text. */
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Statuses that are an answer; all others are a refusal. */
  readonly accept: readonly number[];
  /** The longest time in which nothing is heard. */
  readonly silenceMs: number;
  readonly signal: AbortSignal;
}

export interface HubAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** The body as it comes. @throws LitfassError `hub-offline` when it breaks off */
  chunks(): AsyncGenerator<Uint8Array, void>;
  /** The whole body. @throws LitfassError `hub-answer` beyond `maxBytes` */
  text(maxBytes: number): Promise<string>;
  /** The body is not wanted. */
  discard(): Promise<void>;
}

/**
 * Signed requests to one hub. They carry the hub's time, taken from its last answer and carried on by the monotonic clock:
 * so a screen that believes it is 1970 gets through, and a wall clock that is set meanwhile changes nothing.
 */
export interface HubConnection {
  /** @throws LitfassError `hub-offline`, `hub-answer`; HubRefusal; or the signal's reason when it was aborted. */
  request(request: HubRequest): Promise<HubAnswer>;
  /** How far this screen's wall clock is from the hub's now; `null` before the first answer. */
  hubClock(): HubClock | null;
}

export function createHubConnection({ hubUrl, clock, identity, fetch = globalThis.fetch }: HubConnectionOptions): HubConnection {
  const base = hubUrl.replace(/\/+$/, '');
  const hubClock = createHubClock(clock);
  let hubTime: { readonly wallMs: number; readonly monoMs: number } | null = null;

  function nowMs(): number {
    const { wallMs, monoMs } = clock();
    return hubTime === null ? wallMs : Math.trunc(hubTime.wallMs + monoMs - hubTime.monoMs);
  }

  function authorization(request: HubRequest, url: URL): Record<string, string> {
    if (identity === undefined) return {};
    const bodySha256 = createHash('sha256').update(request.body ?? '').digest('hex');
    const timeMs = nowMs();
    const signature = identity.key.sign(signedRequestText({ method: request.method, pathAndQuery: url.pathname + url.search, timeMs, bodySha256 }));
    return { authorization: `Litfass screen="${identity.screenId}", time="${timeMs}", body="${bodySha256}", signature="${signature}"` };
  }

  async function send(request: HubRequest): Promise<HubAnswer> {
    const url = new URL(base + request.path);
    const sentMs = clock().monoMs;
    const watchdog = startWatchdog(request.silenceMs, request.signal, () => hubOffline(base, `nothing was heard for ${request.silenceMs} ms`));
    try {
      const response = await fetch(url, {
        method: request.method,
        headers: { ...(request.body !== undefined && { 'content-type': 'application/json' }), ...request.headers, ...authorization(request, url) },
        ...(request.body !== undefined && { body: request.body }),
        // A signature is for one address; an answer from another is nobody's.
        redirect: 'error',
        signal: watchdog.signal,
      });
      const time = response.headers.get(HUB_TIME_HEADER);
      if (time !== null && /^[0-9]{1,15}$/.test(time)) {
        hubTime = { wallMs: Number(time), monoMs: clock().monoMs };
        hubClock.heard({ sentMs, receivedMs: hubTime.monoMs, hubWallMs: hubTime.wallMs });
      }
      watchdog.pat();
      return answerOf(response, watchdog, request, base);
    } catch (error) {
      watchdog.stop();
      throw connectionError(error, request.signal, base);
    }
  }

  return {
    hubClock: () => hubClock.now(),
    async request(request) {
      let answer = await send(request);
      if (request.accept.includes(answer.status)) return answer;
      let problem = await problemOf(answer);
      if (problem?.code === 'clock-skew' && hubTime !== null) {
        answer = await send(request);
        if (request.accept.includes(answer.status)) return answer;
        problem = await problemOf(answer);
      }
      throw new HubRefusal(`${request.method} ${base}${request.path}`, answer.status, problem, parseRetryAfter(answer.headers.get('retry-after'), nowMs()));
    },
  };
}

function answerOf(response: Response, watchdog: Watchdog, request: HubRequest, base: string): HubAnswer {
  async function* chunks(): AsyncGenerator<Uint8Array, void> {
    try {
      for await (const chunk of response.body ?? []) {
        watchdog.pat();
        yield chunk;
      }
    } catch (error) {
      throw connectionError(error, request.signal, base);
    } finally {
      watchdog.stop();
    }
  }
  return {
    status: response.status,
    headers: response.headers,
    chunks,
    async text(maxBytes) {
      const parts: Uint8Array[] = [];
      let bytes = 0;
      for await (const chunk of chunks()) {
        bytes += chunk.byteLength;
        if (bytes > maxBytes) throw badHubAnswer(`${request.method} ${base}${request.path}`, `it is longer than ${maxBytes} bytes`);
        parts.push(chunk);
      }
      return Buffer.concat(parts).toString('utf8');
    },
    async discard() {
      watchdog.stop();
      await response.body?.cancel();
    },
  };
}

function connectionError(error: unknown, outer: AbortSignal, base: string): unknown {
  if (outer.aborted || error instanceof LitfassError) return error;
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const { code } = cause as NodeJS.ErrnoException;
  return hubOffline(base, code ?? (cause instanceof Error ? cause.message : String(cause)), error);
}

/** The hub's words about a refusal. A proxy between may have none, or answer with a page. */
async function problemOf(answer: HubAnswer): Promise<Problem | null> {
  try {
    return problemSchema.safeParse(parseJson(await answer.text(MAX_PROBLEM_BYTES))).data ?? null;
  } catch {
    return null;
  }
}

/** RFC 9110 section 10.2.3: seconds, or a date. */
function parseRetryAfter(header: string | null, nowMs: number): number {
  const askedMs = /^[0-9]{1,9}$/.test(header ?? '') ? Number(header) * 1_000 : Date.parse(header ?? '') - nowMs;
  return Number.isNaN(askedMs) ? 0 : Math.min(Math.max(0, askedMs), MAX_RETRY_AFTER_MS);
}
