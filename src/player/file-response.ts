import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import type { Problem } from '../contract/index.ts';

/**
 * A file, or the part of it that the Range header names (RFC 9110 section 14; one range). Videos are sought, clips are
 * demuxed piece by piece.
 */
export async function fileResponse(request: Request, path: string, headers: Readonly<Record<string, string>>): Promise<Response> {
  const found = await stat(path).catch(() => null);
  if (!found?.isFile()) return problemResponse(404, 'not-found', `There is no ${new URL(request.url).pathname} here.`);
  const { size } = found;
  const range = parseRange(request.headers.get('range'), size);
  if (range === 'unsatisfiable') return problemResponse(416, 'range-unsatisfiable', `This file has ${size} bytes.`, { 'Content-Range': `bytes */${size}` });
  const { start, end } = range ?? { start: 0, end: size - 1 };
  const described = { ...headers, 'Accept-Ranges': 'bytes', 'Content-Length': String(end - start + 1) };
  const body = request.method === 'HEAD' || size === 0 ? null : (Readable.toWeb(createReadStream(path, { start, end })) as ReadableStream);
  if (range === null) return new Response(body, { headers: described });
  return new Response(body, { status: 206, headers: { ...described, 'Content-Range': `bytes ${start}-${end}/${size}` } });
}

export function problemResponse(status: number, code: string, message: string, headers: Readonly<Record<string, string>> = {}): Response {
  return Response.json({ code, message } satisfies Problem, { status, headers });
}

function parseRange(header: string | null, size: number): { start: number; end: number } | 'unsatisfiable' | null {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? [];
  if (first === '' && last === '') return null;
  const start = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1);
  return start <= end ? { start, end } : 'unsatisfiable';
}
