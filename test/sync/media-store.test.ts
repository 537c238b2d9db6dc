import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { openMediaStore, type MediaStore } from '../../src/sync/index.ts';
import { newFolder } from '../impressions/folder.ts';
import { someBytes } from './screen-double.ts';

async function storeWith(bytes: Buffer): Promise<{ store: MediaStore; sha256: string; dir: string }> {
  const dir = join(newFolder(), 'media');
  const store = await openMediaStore({ dir });
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  writeFileSync(store.path(sha256), bytes);
  return { store, sha256, dir };
}

describe('the media store', () => {
  it('streams a file whole or in part, both ends included', async () => {
    const bytes = someBytes(200_000);
    const { store, sha256 } = await storeWith(bytes);
    const whole = await store.open(sha256);
    expect(whole.bytes).toBe(200_000);
    expect((await buffer(whole.stream)).equals(bytes)).toBe(true);
    const part = await store.open(sha256, { start: 100, end: 199 });
    expect(part.bytes).toBe(200_000);
    expect((await buffer(part.stream)).equals(bytes.subarray(100, 200))).toBe(true);
  });

  it('says which file is missing', async () => {
    const { store } = await storeWith(someBytes(1));
    const absent = 'cd'.repeat(32);
    expect(store.has(absent)).toBe(false);
    await expect(store.open(absent)).rejects.toMatchObject({ code: 'media-missing', message: expect.stringContaining(absent) as string });
    await expect(store.verify(absent)).rejects.toMatchObject({ code: 'media-missing' });
  });

  it.each(['../player.db', 'A'.repeat(64), ''])('has no file of the name %j, whatever lies there', async (name) => {
    const { store } = await storeWith(someBytes(1));
    expect(() => store.path(name)).toThrow(expect.objectContaining({ code: 'media-name' }));
    await expect(store.open(name)).rejects.toMatchObject({ code: 'media-name' });
  });

  it('removes media and unfinished downloads that are not wanted, and nothing that is not its own', async () => {
    const { store, sha256, dir } = await storeWith(someBytes(10));
    const other = 'ef'.repeat(32);
    for (const name of [other, `${other}.part`, 'README']) writeFileSync(join(dir, name), '');
    expect([...(await store.keepOnly(new Set([sha256])))].sort()).toEqual([other, `${other}.part`]);
    expect(store.has(sha256)).toBe(true);
  });
});
