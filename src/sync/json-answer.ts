import type { z } from 'zod';
import { describeIssues } from '../contract/index.ts';
import type { HubAnswer } from './hub-connection.ts';
import { badHubAnswer } from './hub-errors.ts';
import { parseJson } from './parse-json.ts';

/** Reads an answer's JSON. @throws LitfassError `hub-answer` when it is not what the schema says, or longer than `maxBytes` */
export async function jsonOf<Schema extends z.ZodType>(answer: HubAnswer, path: string, schema: Schema, maxBytes: number): Promise<z.infer<Schema>> {
  const parsed = schema.safeParse(parseJson(await answer.text(maxBytes)));
  if (!parsed.success) throw badHubAnswer(path, describeIssues(parsed.error));
  return parsed.data;
}
