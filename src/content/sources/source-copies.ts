import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { slugSchema, wallMsSchema } from '../../contract/index.ts';

/** The last good answer of a source, as it rests on the disk: with it a screen goes on for months without a network. */
const sourceCopySchema = z.strictObject({
  v: z.literal(1),
  /** Where it was asked for: a source that was given another address begins anew. */
  url: z.string(),
  /** When the source last said that this is so. */
  fetchedMs: wallMsSchema,
  etag: z.string().max(1_000).nullable(),
  lastModified: z.string().max(100).nullable(),
  text: z.string(),
});
export type SourceCopy = z.infer<typeof sourceCopySchema>;

export interface SourceCopies {
  /** `null`: there is none that can be read. */
  load(id: string): Promise<SourceCopy | null>;
  save(id: string, copy: SourceCopy): Promise<void>;
  keepOnly(ids: ReadonlySet<string>): Promise<void>;
}

/** @param write replaces a file durably */
export function sourceCopiesIn(dir: string, write: (path: string, text: string) => Promise<void>): SourceCopies {
  const path = (id: string): string => join(dir, `${slugSchema.parse(id)}.json`);
  return {
    async load(id) {
      const text = await readFile(path(id), 'utf8').catch(() => null);
      if (text === null) return null;
      try {
        return sourceCopySchema.safeParse(JSON.parse(text)).data ?? null;
      } catch {
        // A copy that a bad disk changed is no copy: the source is asked again.
        return null;
      }
    },
    save: (id, copy) => write(path(id), JSON.stringify(copy)),
    async keepOnly(ids) {
      await mkdir(dir, { recursive: true, mode: 0o700 });
      for (const name of await readdir(dir)) if (!ids.has(name.replace(/\.json$/, ''))) await rm(join(dir, name), { force: true });
    },
  };
}
