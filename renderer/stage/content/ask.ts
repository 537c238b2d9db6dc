import type { z } from 'zod';
import { ContentFailure, type Prepare } from './content.ts';

/** Where the player tells what it knows of a creative: `../media/<sha256>` holds its file, `../content/<kind>/<sha256>` the rest. */
export function contentUrl({ url, kind }: Prepare): string {
  return url.replace('/media/', `/content/${kind}/`);
}

/** @throws ContentFailure `load`, in the player's own words where it refuses */
export async function askPlayer<Schema extends z.ZodType>(url: string, schema: Schema): Promise<z.infer<Schema>> {
  const answer = await fetch(url, { cache: 'no-store' });
  const json = (await answer.json()) as { readonly message?: unknown };
  if (!answer.ok) throw new ContentFailure('load', typeof json.message === 'string' ? json.message : `the player answered ${answer.status}`);
  return schema.parse(json);
}
