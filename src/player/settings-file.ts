import { join } from 'node:path';
import { describeIssues, LitfassError, screenSettingsSchema, type ScreenSettings } from '../contract/index.ts';
import { writeDurably } from '../sync/index.ts';
import { readJsonFile } from './json-file.ts';

const NAME = 'settings.json';

/**
 * What was said at this screen's set-up; `null` before it.
 *
 * @throws LitfassError `settings-damaged`: a screen that silently forgot its settings would ask shoppers for a code
 */
export function readSettings(dataDir: string): ScreenSettings | null {
  const file = join(dataDir, NAME);
  const json = readJsonFile(file);
  if (json === null) return null;
  const settings = screenSettingsSchema.safeParse(json);
  if (settings.success) return settings.data;
  throw new LitfassError('settings-damaged', `${file} cannot be read: ${describeIssues(settings.error)}. Correct it, or move it away to set this screen up again.`);
}

/** On disk when it resolves. @throws the storage errors of the data folder */
export async function writeSettings(dataDir: string, settings: ScreenSettings): Promise<void> {
  await writeDurably(join(dataDir, NAME), `${JSON.stringify(settings, null, 2)}\n`);
}
