import { LitfassError, type Source } from '../../contract/index.ts';

const MOST_REDIRECTS = 5;

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

export interface AllowedRequest {
  readonly source: Source;
  /** Where in the source; its own address if nothing is said. */
  readonly url?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  readonly fetch?: Fetch;
}

/** Whether a source stands for this address too: its own origin, or one of those that it may also be from. */
export function isFrom({ url, alsoFrom = [] }: Source, address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { origin } = new URL(address);
  return origin === new URL(url).origin || alsoFrom.includes(origin);
}

/**
 * Asks a source, and follows it only to where it may lead.
 *
 * @returns the answer, and the address that gave it. Its body must be read or cancelled.
 * @throws LitfassError `source-forbidden` (a redirect off the list), `source-unreachable`
 */
export async function fetchAllowed({ source, url = source.url, headers = {}, timeoutMs, fetch = globalThis.fetch }: AllowedRequest): Promise<{ readonly answer: Response; readonly url: string }> {
  const signal = AbortSignal.timeout(timeoutMs);
  let address = url;
  for (let hops = 0; hops <= MOST_REDIRECTS; hops += 1) {
    if (!isFrom(source, address)) throw new LitfassError('source-forbidden', `source "${source.id}" leads to ${withoutQuery(address)}, which is not on its list. Add the origin to its "alsoFrom" if it belongs there.`);
    const answer = await fetch(address, { redirect: 'manual', headers: { 'user-agent': 'Litfass', ...headers }, signal }).catch((error: unknown) => {
      throw unreachable(source, signal.aborted ? `gave no answer within ${timeoutMs / 1_000} s` : reasonOf(error), error);
    });
    const location = answer.headers.get('location');
    if (answer.status < 300 || answer.status >= 400 || location === null) return { answer, url: address };
    await answer.body?.cancel();
    if (!URL.canParse(location, address)) throw unreachable(source, 'redirects to what is no address');
    address = new URL(location, address).href;
  }
  throw unreachable(source, `redirects more than ${MOST_REDIRECTS} times`);
}

/**
 * The whole body, and never more of it than the limit: also what unpacks to gigabytes on the way.
 *
 * @throws LitfassError `source-too-large`, `source-unreachable` when it breaks off
 */
export async function readBounded(source: Source, answer: Response, maxBytes: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  try {
    for await (const chunk of answer.body ?? []) {
      bytes += chunk.byteLength;
      if (bytes > maxBytes) throw new LitfassError('source-too-large', `source "${source.id}" sends more than the ${maxBytes} bytes that are read of it.`);
      chunks.push(chunk);
    }
  } catch (error) {
    if (error instanceof LitfassError) throw error;
    throw unreachable(source, `broke off (${reasonOf(error)})`, error);
  }
  return Buffer.concat(chunks, bytes);
}

export function unreachable(source: Source, why: string, cause?: unknown): LitfassError {
  return new LitfassError('source-unreachable', `source "${source.id}" at ${withoutQuery(source.url)} ${why}.`, { cause });
}

/** Node says "fetch failed" and puts the reason behind it. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : null;
  return `cannot be reached (${code ?? error.message})`;
}

/** A query may hold a key. */
function withoutQuery(address: string): string {
  return address.split(/[?#]/)[0] ?? '';
}
