// Measures how good the estimates are on whatever clips and sequences it is given, and writes docs/accuracy.md from what it
// measured. `npm run accuracy [-- SCENES.json]`; without a file, on the scenes named in scenes.json beside this one.
import { mkdir, writeFile } from 'node:fs/promises';
import { basename, extname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findHeadlessBrowser, openPage } from '../../src/shells/index.ts';
import { pairVisits, runClip, type ClipResult } from './clip.ts';
import { describeMachine } from './machine.ts';
import { attentionOverTime, visitBars } from './plots.ts';
import { accuracyReport, type Results } from './report.ts';
import { readScenes } from './scenes.ts';
import { runSequence } from './sequence.ts';
import { runShops } from './shop.ts';

const projectDir = fileURLToPath(new URL('../../', import.meta.url));
const own = fileURLToPath(new URL('scenes.json', import.meta.url));
const file = process.argv[2] === undefined ? own : resolve(process.argv[2]);
const scenes = await readScenes(file);
if (scenes.clips.length + scenes.sequences.length === 0) {
  console.error(`None of the scenes of ${file} is here: ${scenes.missing.join(', ')}. Put them beside it or name their folder in LITFASS_DATA. docs/accuracy.md was left as it is.`);
  process.exit(1);
}
const browser = await findHeadlessBrowser();
if (browser === null) {
  console.error('There is no Chromium to run the vision page in: install Chromium, Chrome or Edge, or name one in LITFASS_CHROMIUM. docs/accuracy.md was left as it is.');
  process.exit(1);
}

const clips: ClipResult[] = [];
for (const scene of scenes.clips) clips.push(await runClip(scene, browser, projectDir));
const sequences = await Promise.all(scenes.sequences.map(runSequence));

const plots = new Map<string, { file: string; caption: string }[]>();
await mkdir(join(projectDir, 'docs/images/accuracy'), { recursive: true });
for (const clip of clips) {
  const name = basename(clip.scene.file, extname(clip.scene.file));
  const { visits, people } = clip.scene;
  const plot = visits === undefined ? attentionOverTime(clip.moments, people) : visitBars(pairVisits(visits, clip.report.visits));
  const relative = `images/accuracy/${name}.svg`;
  await writeFile(join(projectDir, 'docs', relative), plot);
  plots.set(clip.scene.file, [{ file: relative, caption: visits === undefined ? 'How far the heads are turned, and how many are counted as watching' : 'When each person was there, and when they were counted' }]);
}

const results: Results = { machine: describeMachine(await versionOf(browser), projectDir), clips, sequences, shops: runShops(), missing: scenes.missing, plots };
await writeFile(join(projectDir, 'docs/accuracy.md'), accuracyReport(results));
console.log(`docs/accuracy.md: ${clips.length} clips, ${sequences.length} sequences, ${results.shops.length} made-up scenes${scenes.missing.length === 0 ? '' : `; ${scenes.missing.length} files were not there`}`);

async function versionOf(program: NonNullable<typeof browser>): Promise<string> {
  const opened = await openPage({ browser: program, url: 'about:blank', window: 'headless', onProblem: () => undefined });
  try {
    return `Chromium ${opened.page.context().browser()?.version() ?? 'of unknown version'}`;
  } finally {
    await opened.close();
  }
}
