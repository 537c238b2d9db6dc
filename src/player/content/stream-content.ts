import { fetchAllowed, isFrom, readBounded, type Fetch } from '../../content/index.ts';
import { LitfassError, type Source } from '../../contract/index.ts';

const TIMEOUT_MS = 10_000;
const MOST_BYTES = 60_000_000;
/** A playlist of a day in segments of two seconds has 3 MB. */
const MOST_PLAYLIST_BYTES = 4_000_000;
/** A tag may bring a key in its address. */
const MOST_TAG_CHARACTERS = 64_000;
/** With its addresses turned: each grows by that of the stream, which may be long where a short line stands for it. */
const MOST_TURNED_CHARACTERS = 16_000_000;

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
  if (bytes.toString('latin1', 0, 7) === '#EXTM3U') {
    const playlist = bytes.length > MOST_PLAYLIST_BYTES ? null : throughPlayer(bytes.toString('utf8'), part.url);
    if (playlist === null) throw new LitfassError('source-too-large', `source "${source.id}" sends a playlist that is larger than any of a day: ${bytes.length} bytes. Let it name fewer segments.`);
    return new Response(playlist, { headers });
  }
  const contentRange = answer.headers.get('content-range');
  if (contentRange !== null) headers.set('Content-Range', contentRange);
  return new Response(new Uint8Array(bytes), { status: answer.status, headers });
}

/**
 * RFC 8216, section 4: a line is an address, a comment, or a tag, which may hold an address in its attribute `URI`.
 *
 * @returns `null` when it grows beyond what a page should be given
 */
function throughPlayer(playlist: string, base: string): string | null {
  const turned = (address: string): string => (URL.canParse(address, base) ? partAddress(new URL(address, base).href) : '');
  const lines: string[] = [];
  let characters = 0;
  for (const line of playlist.split(/\r?\n/)) {
    const through = line.startsWith('#') ? throughTag(line, turned) : line.trim() === '' ? line : turned(line.trim());
    if (through === null || (characters += through.length + 1) > MOST_TURNED_CHARACTERS) return null;
    lines.push(through);
  }
  return lines.join('\n');
}

/** RFC 8216, section 4.2: the addresses in one tag are few, so a line of thousands is none. */
function throughTag(line: string, turned: (address: string) => string): string | null {
  if (line.length > MOST_TAG_CHARACTERS) return null;
  return line.replaceAll(/URI="([^"]*)"/g, (_whole, address: string) => `URI="${turned(address)}"`);
}
