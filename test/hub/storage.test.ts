import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openHub } from '../../src/hub/index.ts';
import { explainStorageError } from '../../src/hub/repositories/storage-error.ts';
import { newFolder, openTestHub } from './kit.ts';

const open = (dataDir: string) => openHub({ dataDir, pagesDir: join(dataDir, 'pages'), clock: Date.now, notice: () => undefined });

describe('a data folder that cannot be used is one clear error', () => {
  it('when a file is in its place', async () => {
    const folder = await newFolder();
    await writeFile(join(folder, 'data'), '');
    await expect(open(join(folder, 'data'))).rejects.toMatchObject({ code: 'data-folder', message: expect.stringContaining(join(folder, 'data')) as string });
    await rm(folder, { recursive: true });
  });

  it('when the database is damaged', async () => {
    const folder = await newFolder();
    await writeFile(join(folder, 'hub.db'), 'this was a database before the disk died'.repeat(100));
    await expect(open(folder)).rejects.toMatchObject({ code: 'database-corrupt', message: expect.stringContaining('backup') as string });
    await rm(folder, { recursive: true });
  });

  it('when another hub uses it', async () => {
    const test = await openTestHub();
    await expect(open(test.dataDir)).rejects.toMatchObject({ code: 'data-folder-in-use', message: expect.stringContaining(test.dataDir) as string });
    await test.close();
  });

  it('when the signing key is damaged', async () => {
    const folder = await newFolder();
    await mkdir(join(folder, 'keys'));
    await writeFile(join(folder, 'keys', 'hub-ed25519.pem'), 'garbage');
    await expect(open(folder)).rejects.toMatchObject({ code: 'key-damaged' });
    await rm(folder, { recursive: true });
  });

  it.each([
    ['ENOSPC', 'storage-full'],
    ['SQLITE_FULL', 'storage-full'],
    ['EROFS', 'storage-read-only'],
    ['SQLITE_READONLY_DBMOVED', 'storage-read-only'],
    ['SQLITE_IOERR_WRITE', 'storage-failing'],
  ])('and %s is put in words', (code, explained) => {
    expect(explainStorageError(Object.assign(new Error('low level'), { code }), '/srv/litfass')).toMatchObject({ code: explained, message: expect.stringContaining('/srv/litfass') as string });
  });
});
