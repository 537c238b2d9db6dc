import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openMediaStore } from '../../src/sync/index.ts';
import { downloadMedia } from '../../src/sync/download.ts';
import { startHubDouble } from './hub-double.ts';
import { newScreen, someBytes } from './screen-double.ts';

it('a creative that would take the last of the disk from the log is not even begun', async () => {
  const hub = await startHubDouble();
  const screen = await newScreen(hub);
  const dir = join(screen.dir, 'media');
  const store = await openMediaStore({ dir });
  const bytes = someBytes(10);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  hub.media.set(sha256, bytes);

  const PETABYTE = 2 ** 50;
  await expect(downloadMedia(screen.hub, store, { sha256, bytes: PETABYTE }, new AbortController().signal)).rejects.toMatchObject({ code: 'data-folder-full', message: expect.stringContaining(dir) as string });
  expect([hub.ranges, readdirSync(dir)]).toEqual([[], []]);
});
