import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeIssues, LitfassError, updateFeedSchema, updateFeedUrlSchema } from '../../contract/index.ts';

const NAME = 'update-feed.json';

/**
 * Where this machine finds new versions: `LITFASS_UPDATES` says it, or a file in its data folder; `null`: nobody said, and
 * nothing is looked for.
 *
 * @throws LitfassError `update-feed` when that is no address to take programs from
 */
export function readUpdateFeed(dataDir: string, env: NodeJS.ProcessEnv): string | null {
  const said = env.LITFASS_UPDATES;
  if (said !== undefined && said !== '') {
    const url = updateFeedUrlSchema.safeParse(said);
    if (url.success) return url.data;
    throw new LitfassError('update-feed', `LITFASS_UPDATES is "${said.slice(0, 200)}": ${describeIssues(url.error)}. Say an address such as https://updates.example/litfass, or leave it out.`);
  }
  const file = join(dataDir, NAME);
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new LitfassError('update-feed', `${file} cannot be read: ${error instanceof Error ? error.message : String(error)}. Correct it, or remove it.`, { cause: error });
  }
  const feed = updateFeedSchema.safeParse(json);
  if (feed.success) return feed.data.url;
  throw new LitfassError('update-feed', `${file} cannot be read: ${describeIssues(feed.error)}. Correct it, for example {"url":"https://updates.example/litfass"}, or remove it.`);
}
