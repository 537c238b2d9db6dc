import { chmodSync, existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
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

describe('the errors that ext4 counted', () => {
  /** The kernel's files, as Linux lays them out, for two file systems: that of `folder`, and another one. */
  function kernelSays(folder: string, ownErrors: string): string {
    const { dev } = statSync(folder);
    const sysfs = newFolder();
    for (const [device, number, errors] of [
      ['sdz9', '8:999', '77'],
      ['mmcblk0p2', `${(dev >> 8) & 0xfff}:${(dev & 0xff) | ((dev >> 12) & 0xfff00)}`, ownErrors],
    ] as const) {
      mkdirSync(join(sysfs, 'class', 'block', device), { recursive: true });
      mkdirSync(join(sysfs, 'fs', 'ext4', device), { recursive: true });
      writeFileSync(join(sysfs, 'class', 'block', device, 'dev'), `${number}\n`);
      writeFileSync(join(sysfs, 'fs', 'ext4', device, 'errors_count'), `${errors}\n`);
    }
    mkdirSync(join(sysfs, 'fs', 'ext4', 'features'));
    return sysfs;
  }

  it.each([0, 3])('are those of the file system that holds the folder, not of another: %s', async (errors) => {
    const folder = newFolder();
    expect(await probeStorage(folder, now, kernelSays(folder, String(errors)))).toMatchObject({ state: 'ok', ext4Errors: errors });
  });

  it('are unknown, not none, where the kernel does not tell', async () => {
    expect(await probeStorage(newFolder(), now, newFolder())).toMatchObject({ state: 'ok', ext4Errors: null });
  });
});
