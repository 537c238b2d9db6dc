import { readFile } from 'node:fs/promises';
import type { ZodType } from 'zod';
import { describeIssues, LitfassError } from '../contract/index.ts';

/**
 * Reads a file that was written by hand or by a page.
 *
 * @throws LitfassError `json-unreadable` when it is no JSON or does not fit its schema
 */
export async function readJsonFile<T>(file: string, schema: ZodType<T>, what: string): Promise<T> {
  const text = await readFile(file, 'utf8');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new LitfassError('json-unreadable', `${file} is not JSON: ${error instanceof Error ? error.message : String(error)}; name ${what}.`, { cause: error });
  }
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new LitfassError('json-unreadable', `${file} is not ${what}: ${describeIssues(parsed.error)}.`);
  return parsed.data;
}
