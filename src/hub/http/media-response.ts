import { LitfassError } from '../../contract/index.ts';
import type { MediaLibrary } from '../services/media-library.ts';
import { parseByteRange } from './byte-range.ts';
import { problemResponse } from './problem.ts';

/**
 * A creative is somebody else's page. Opened in the console's origin it must not act as the console, also when its address is
 * typed in by hand, so the answer itself puts it into a box: no origin, no network, nothing but what it carries.
 */
const CREATIVE_CSP = [
  'sandbox allow-scripts',
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  "script-src 'unsafe-inline'",
  'img-src data:',
  'font-src data:',
  'media-src data:',
  "frame-ancestors 'self'",
].join('; ');

/**
 * Streams a file from the library, whole or the part that `Range` asks for. The name is the content, so it never changes: the
 * ETag is the hash, and a copy may be kept for ever.
 *
 * @throws LitfassError `unknown-media`
 */
export async function mediaResponse(library: MediaLibrary, sha256: string, request: Request): Promise<Response> {
  const media = await library.find(sha256);
  if (media === undefined) throw new LitfassError('unknown-media', `there is no file ${sha256} at this hub.`);
  const etag = `"${sha256}"`;
  const headers = {
    'content-type': media.media_type,
    'content-security-policy': CREATIVE_CSP,
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'same-origin',
    'cache-control': 'private, max-age=31536000, immutable',
    'accept-ranges': 'bytes',
    etag,
  };
  if (request.headers.get('if-none-match') === etag) return new Response(null, { status: 304, headers });

  const ifRange = request.headers.get('if-range');
  const asked = ifRange === null || ifRange === etag ? (request.headers.get('range') ?? undefined) : undefined;
  const range = parseByteRange(asked, media.bytes);
  if (range === 'unsatisfiable') {
    const refusal = new LitfassError('range', `the file has ${String(media.bytes)} bytes; "${asked ?? ''}" lies behind its end.`);
    return problemResponse(refusal, { 'content-range': `bytes */${String(media.bytes)}` });
  }
  if (range === 'whole') {
    return new Response(library.read(sha256, 0, media.bytes - 1), { headers: { ...headers, 'content-length': String(media.bytes) } });
  }
  return new Response(library.read(sha256, range.start, range.end), {
    status: 206,
    headers: {
      ...headers,
      'content-length': String(range.end - range.start + 1),
      'content-range': `bytes ${String(range.start)}-${String(range.end)}/${String(media.bytes)}`,
    },
  });
}
