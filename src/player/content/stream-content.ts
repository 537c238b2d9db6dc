import { fetchAllowed, isFrom, readBounded, type Fetch } from '../../content/index.ts';
import { LitfassError, type Source } from '../../contract/index.ts';

const TIMEOUT_MS = 10_000;
const MOST_BYTES = 60_000_000;

/** The address, beside the stream's, that its playlist is asked for at. */
export function streamPlaylist({ url }: Source): string {
  return partAddress(url);
}

function partAddress(url: string): string {
  return `part?url=${encodeURIComponent(url)}`;
}

export interface StreamPart {
  readonly source: Source;
  /** Its address in the stream. */
  readonly url: string;
  readonly range?: string | undefined;
  readonly fetch?: Fetch;
}

/**
 * A playlist or a segment of a stream, from where its source may be. In playlists every address is turned into one of this
 * player: the page itself reaches nothing outside.
 *
 * @throws LitfassError `source-forbidden`, `source-unreachable`, `source-too-large`
 */
export async function streamPart({ source, url, range, fetch }: StreamPart): Promise<Response> {
  if (!isFrom(source, url)) throw new LitfassError('source-forbidden', `the stream of source "${source.id}" names an address that is not on its list: ${url.slice(0, 200)}.`);
  const part = await fetchAllowed({ source, url, timeoutMs: TIMEOUT_MS, ...(range === undefined ? {} : { headers: { range } }), ...(fetch === undefined ? {} : { fetch }) });
  const { answer } = part;
  if (!answer.ok) {
    await answer.body?.cancel();
    throw new LitfassError('source-unreachable', `the stream of source "${source.id}" answered ${answer.status} for ${new URL(part.url).pathname}.`);
  }
  const bytes = await readBounded(source, answer, MOST_BYTES);
  const headers = new Headers({ 'Content-Type': answer.headers.get('content-type') ?? 'application/octet-stream', 'Cache-Control': 'no-store' });
  if (bytes.toString('latin1', 0, 7) === '#EXTM3U') return new Response(throughPlayer(bytes.toString('utf8'), part.url), { headers });
  const contentRange = answer.headers.get('content-range');
  if (contentRange !== null) headers.set('Content-Range', contentRange);
  return new Response(new Uint8Array(bytes), { status: answer.status, headers });
}

/** RFC 8216, section 4: a line is an address, a comment, or a tag, which may hold an address in its attribute `URI`. */
function throughPlayer(playlist: string, base: string): string {
  const turned = (address: string): string => (URL.canParse(address, base) ? partAddress(new URL(address, base).href) : '');
  return playlist
    .split(/\r?\n/)
    .map((line) => {
      if (line.startsWith('#')) return line.replaceAll(/URI="([^"]*)"/g, (_whole, address: string) => `URI="${turned(address)}"`);
      return line.trim() === '' ? line : turned(line.trim());
    })
    .join('\n');
}
