import type { LitfassError, Problem } from '../../contract/index.ts';

/** What a refusal's code is in HTTP. A code that is not here is a fault of the hub. */
const STATUS: Readonly<Record<string, number>> = {
  'bad-request': 400,
  'add-checkpoint-malformed': 400,
  'note-malformed': 400,
  'checkpoint-malformed': 400,
  'old-too-large': 400,
  'rows-not-consecutive': 400,
  unsigned: 401,
  'bad-signature': 401,
  'clock-skew': 401,
  'access-key': 401,
  'pairing-code': 403,
  'wrong-screen': 403,
  'note-unsigned': 403,
  'note-forged': 403,
  'wrong-origin': 403,
  'unknown-screen': 404,
  'unknown-media': 404,
  'unknown-impression': 404,
  'no-programme': 404,
  'not-found': 404,
  'unknown-log': 404,
  'unknown-command': 404,
  'no-picture': 404,
  'too-many-commands': 429,
  'too-many-pictures': 429,
  'not-witnessed': 404,
  'too-large': 413,
  'too-many-rows': 413,
  'zip-too-large': 413,
  'media-type': 415,
  range: 416,
  'wrong-host': 421,
  'bad-hash': 422,
  'bad-checkpoint': 422,
  fork: 422,
  'witness-fork': 422,
  'media-hash': 422,
  'media-missing': 422,
  'media-damaged': 422,
  'picture-too-large': 422,
  'programme-invalid': 422,
  'console-not-built': 503,
  'storage-read-only': 503,
  'storage-failing': 503,
  'storage-full': 507,
};

/** The answer to a request that was refused: a status for programs, and a sentence for people. */
export function problemResponse(error: LitfassError, headers: Record<string, string> = {}): Response {
  const problem: Problem = { code: error.code, message: error.message };
  return Response.json(problem, { status: STATUS[error.code] ?? 500, headers: { 'cache-control': 'no-store', ...headers } });
}
