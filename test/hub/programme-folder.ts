import { createHash, randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { png } from '../content/png.ts';
import { newFolder } from './kit.ts';

export const PICTURE = png(16, 9);

export function source(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    name: 'Spring',
    creatives: [{ id: 'espresso', name: 'Espresso', campaign: 'Spring', kind: 'image', durationMs: 10_000, tier: 'house', weight: 1, criteria: [], file: 'espresso.png' }],
    selection: { enterMs: 1000, leaveMs: 2000, minimumHoldMs: 3000 },
    policy: { statistics: { windowMs: 60_000, epsilonNumerator: 1, epsilonDenominator: 1 } },
    ...changes,
  };
}

export async function programmeFolder(changes: Record<string, unknown> = {}): Promise<string> {
  const folder = await newFolder();
  await writeFile(join(folder, 'espresso.png'), PICTURE);
  await writeFile(join(folder, 'programme.json'), JSON.stringify(source(changes)));
  return folder;
}

export function sha256(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** A picture of exactly this many bytes, no two alike. */
export function randomFile(bytes: number): Buffer {
  const emptyChunk = 12;
  return png(1, 1, randomBytes(bytes - png(1, 1).length - emptyChunk));
}
