import { gunzipSync } from 'node:zlib';
import type { z } from 'zod';
import { describeIssues, LitfassError } from '../../contract/index.ts';

/**
 * Reads a body up to a limit, whatever its Content-Length claims.
 *
 * @throws LitfassError `too-large`
 */
export async function readBody(request: Request, maxBytes: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size > maxBytes) throw new LitfassError('too-large', `the body is larger than the ${String(maxBytes)} bytes that this address takes. Send less at once.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}

/**
 * Unpacks a gzip body, and never more of it than the limit: a few kilobytes can hold gigabytes.
 *
 * @throws LitfassError `too-large`, `bad-request`
 */
export function gunzipped(bytes: Buffer, maxBytes: number): Buffer {
  try {
    return gunzipSync(bytes, { maxOutputLength: maxBytes });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw new LitfassError('too-large', `the body unpacks to more than the ${String(maxBytes)} bytes that this address takes. Send less at once.`, { cause: error });
    throw new LitfassError('bad-request', `the body is not gzip: ${error instanceof Error ? error.message : String(error)}.`, { cause: error });
  }
}

/** @throws LitfassError `bad-request` with what does not fit, and where. */
export function parseJson<Schema extends z.ZodType>(bytes: Buffer, schema: Schema): z.infer<Schema> {
  let json: unknown;
  try {
    json = JSON.parse(bytes.toString('utf8'));
  } catch (error) {
    throw new LitfassError('bad-request', `the body is not JSON: ${error instanceof Error ? error.message : String(error)}.`, { cause: error });
  }
  return parseValue(json, schema, 'the body');
}

/** @throws LitfassError `bad-request` */
export function parseValue<Schema extends z.ZodType>(value: unknown, schema: Schema, what: string): z.infer<Schema> {
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new LitfassError('bad-request', `${what} does not fit: ${describeIssues(parsed.error)}.`);
  return parsed.data;
}
