import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { canMountSmallDisk, onSmallDisk } from '../small-disk.ts';
import { newFolder } from './folder.ts';

const LIFE = fileURLToPath(new URL('./start-on-bad-disk.ts', import.meta.url));
const canMount = canMountSmallDisk();
if (!canMount) process.stdout.write('bad-disk-at-start.test.ts: skipped, because this system lets nobody mount a small disk\n');

interface Life {
  readonly refused: readonly string[];
  readonly waitedAtStart: number;
  readonly waited: number;
  readonly awaited: readonly boolean[];
  readonly ofThisLife: readonly string[];
  readonly onDisk: readonly string[];
  readonly expected: readonly string[];
  readonly recovered: number;
}

function liveOnBadDisk(...said: readonly string[]): Life {
  const disk = newFolder();
  const [unshare, ...mount] = onSmallDisk(8);
  return JSON.parse(execFileSync(unshare, [...mount, disk, process.execPath, LIFE, disk, ...said], { encoding: 'utf8' })) as Life;
}

describe.skipIf(!canMount)('a log that is opened on a disk that takes nothing', () => {
  it('opens when it is full, says what is wrong, keeps everything in memory, and loses and doubles nothing when there is space', () => {
    const { refused, waitedAtStart, waited, ofThisLife, onDisk, expected, recovered } = liveOnBadDisk('full');
    expect(new Set(refused)).toEqual(new Set(['data-folder-full']));
    expect(waitedAtStart, 'the play that the last life did not finish').toBe(1);
    expect(waited).toBe(3);
    expect(onDisk).toEqual(expected);
    expect(ofThisLife).toEqual(expected.slice(2));
    expect(recovered).toBe(0);
  });

  it('does so too when it gathers its writes for an SD card', () => {
    const { refused, ofThisLife, onDisk, expected } = liveOnBadDisk('full', '60000');
    expect(refused).toEqual(['data-folder-full']);
    expect(onDisk).toEqual(expected);
    expect(ofThisLife).toEqual(expected.slice(2));
  });

  it('opens when it is read-only, and puts what waited into the file when it is closed, once that can be written', () => {
    const { refused, waited, awaited, onDisk, expected, recovered } = liveOnBadDisk('read-only');
    expect(new Set(refused)).toEqual(new Set(['data-folder-read-only']));
    expect(waited).toBe(3);
    expect(awaited, 'says when a new opening would write again').toEqual([false, true]);
    expect(onDisk).toEqual(expected);
    expect(recovered).toBe(0);
  });
});
