import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { checkedMedia } from '../../src/player/checked-media.ts';
import { mediaRoutes } from '../../src/player/media-routes.ts';
import { openMediaStore } from '../../src/sync/index.ts';
import { newCreative } from '../contract/builders.ts';

const DRAWING = '<svg xmlns="http://www.w3.org/2000/svg"/>';
const DAY_MS = 86_400_000;

/** A drawing in a store, and the eyes that look at it. */
async function opened() {
  const dir = await mkdtemp(join(tmpdir(), 'litfass-checked-'));
  onTestFinished(() => rm(dir, { recursive: true }));
  const sha256 = createHash('sha256').update(DRAWING).digest('hex');
  const file = join(dir, sha256);
  await writeFile(file, DRAWING);
  const store = await openMediaStore({ dir });
  const time = { nowMs: 0 };
  const creative = newCreative({ sha256, mediaType: 'image/svg+xml' });
  let reads = 0;
  const media = checkedMedia({ verify: (each) => ((reads += 1), store.verify(each)), path: (each) => store.path(each), find: () => creative, nowMs: () => time.nowMs });
  return { file, sha256, media, time, creative, reads: () => reads, rot: () => writeFile(file, DRAWING.replace('svg ', 'svG ')) };
}

it('a file is read when it is first used, and once a day after that', async () => {
  const { media, sha256, time, reads } = await opened();
  for (const atMs of [0, 1_000, DAY_MS - 1, DAY_MS, DAY_MS + 1_000, 2 * DAY_MS]) {
    time.nowMs = atMs;
    await media.verify(sha256);
  }
  expect(reads()).toBe(3);
});

it('a file that the disk changes is found out within a day, and at once when the stage cannot show it', async () => {
  for (const happens of [({ time }: Awaited<ReturnType<typeof opened>>) => void (time.nowMs += DAY_MS), ({ media, sha256 }: Awaited<ReturnType<typeof opened>>) => media.doubt(sha256)]) {
    const screen = await opened();
    await screen.media.verify(screen.sha256);
    await screen.rot();
    happens(screen);
    await expect(screen.media.verify(screen.sha256)).rejects.toMatchObject({ code: 'media-corrupt' });
    // Out of the way of the one that is fetched anew, which is good again.
    expect(existsSync(screen.file)).toBe(false);
    await expect(screen.media.verify(screen.sha256)).rejects.toMatchObject({ code: 'media-missing' });
    await writeFile(screen.file, DRAWING);
    await screen.media.verify(screen.sha256);
  }
});

it('no browser keeps a copy of a file that would outlive it', async () => {
  const { file, sha256, creative } = await opened();
  const answer = await mediaRoutes({ path: () => file, find: () => creative }).request(`/${sha256}`);
  expect(answer.headers.get('cache-control')).toBe('no-store');
});
