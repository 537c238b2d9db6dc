import { chmodSync, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { storageHealthSchema } from '../../src/contract/index.ts';
import { probeStorage } from '../../src/impressions/index.ts';
import { newFolder } from './folder.ts';

const now = () => performance.now();

it('a good disk is ok, timed, and holds nothing afterwards that it did not hold before', async () => {
  const folder = newFolder();
  const health = storageHealthSchema.parse(await probeStorage(folder, now));
  expect(health).toMatchObject({ state: 'ok', syncMs: expect.any(Number) as number, freeBytes: expect.any(Number) as number });
  expect(readdirSync(folder)).toEqual([]);
});

it.skipIf(!existsSync('/dev/full') || process.getuid?.() === 0)('a folder that may not be written is read-only, not failing', async () => {
  const folder = newFolder();
  chmodSync(folder, 0o500);
  expect(await probeStorage(folder, now)).toMatchObject({ state: 'read-only', syncMs: null });
});

it('a folder that is gone is failing, and said rather than thrown', async () => {
  expect(await probeStorage(join(newFolder(), 'gone'), now)).toMatchObject({ state: 'failing', syncMs: null });
});
