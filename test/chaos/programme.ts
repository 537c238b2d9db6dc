import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ProgrammeSource } from '../../src/contract/index.ts';

/** Writes a programme of four plain creatives. @returns its folder, below `dir` */
export async function writeProgramme(dir: string, durationMs: (index: number) => number): Promise<string> {
  const folder = join(dir, 'programme');
  await mkdir(folder);
  const creatives: ProgrammeSource['creatives'] = [];
  for (const [index, colour] of ['#a33', '#3a3', '#33a', '#aa3'].entries()) {
    await writeFile(join(folder, `${index}.svg`), `<svg xmlns="http://www.w3.org/2000/svg" width="640" height="360"><rect width="640" height="360" fill="${colour}"/></svg>`);
    creatives.push({ id: `c${index}`, name: `Creative ${index}`, campaign: 'Chaos', kind: 'image', file: `${index}.svg`, durationMs: durationMs(index), tier: 'house', weight: 1, criteria: [] });
  }
  const source: ProgrammeSource = { name: 'Chaos', creatives, selection: { enterMs: 500, leaveMs: 500, minimumHoldMs: 500 }, policy: { statistics: { windowMs: 30_000, epsilonNumerator: 1, epsilonDenominator: 1 } } };
  await writeFile(join(folder, 'programme.json'), JSON.stringify(source));
  return folder;
}
