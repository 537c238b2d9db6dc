import { readFile, stat } from 'node:fs/promises';
import type { z } from 'zod';
import { describeIssues, DESCRIPTOR_TYPES, LitfassError, streamDescriptorSchema, tickerDescriptorSchema, webDescriptorSchema } from '../contract/index.ts';

/** A descriptor is a few lines; a file of this size is something else. */
const MOST_BYTES = 64_000;

const SCHEMAS = { web: webDescriptorSchema, stream: streamDescriptorSchema, ticker: tickerDescriptorSchema } as const;
export type DescriptorKind = keyof typeof SCHEMAS;

/** @throws LitfassError `descriptor-invalid`, or the file system's */
export async function readDescriptor<Kind extends DescriptorKind>(path: string, kind: Kind): Promise<z.infer<(typeof SCHEMAS)[Kind]>> {
  const invalid = (why: string, cause?: unknown): LitfassError => new LitfassError('descriptor-invalid', `the ${kind} descriptor does not fit: ${why}.`, { cause });
  if ((await stat(path)).size > MOST_BYTES) throw invalid(`it has more than ${MOST_BYTES} bytes`);
  let json: unknown;
  try {
    json = JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    throw invalid(`it is not JSON: ${error instanceof Error ? error.message : String(error)}`, error);
  }
  const parsed = SCHEMAS[kind].safeParse(json);
  if (!parsed.success) throw invalid(describeIssues(parsed.error));
  return parsed.data as z.infer<(typeof SCHEMAS)[Kind]>;
}

/** @returns `null` for a media type that is no descriptor */
export function descriptorKindOf(mediaType: string): DescriptorKind | null {
  return (Object.keys(SCHEMAS) as DescriptorKind[]).find((kind) => DESCRIPTOR_TYPES[kind] === mediaType) ?? null;
}
