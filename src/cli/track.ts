import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { LitfassError } from '../contract/index.ts';
import { existingFile } from './options.ts';
import { say } from './terminal.ts';

interface TrackCommandOptions {
  algorithm: 'sort' | 'default';
  out: string;
  fps: number;
}

export function trackCommand(): Command {
  return new Command('track')
    .description('follow the people in a file of detections, to measure the tracker on known data')
    .argument('<detections>', 'MOTChallenge file: frame,id,left,top,width,height,confidence,x,y,z')
    .addOption(new Option('--algorithm <name>', 'the product’s tracker, or the SORT of the literature').choices(['sort', 'default']).default('default'))
    .requiredOption('--out <file>', 'MOTChallenge file to write who was where')
    .option('--fps <number>', 'pictures a second; the product’s tracker counts in time', picturesASecond, 25)
    .action(runTrackCommand);
}

async function runTrackCommand(file: string, { algorithm, out, fps }: TrackCommandOptions): Promise<void> {
  const { byFrame, createSort, createTracker, readMot, writeMot } = await import('../audience/index.ts');
  const detections = byFrame(readMot(await readFile(existingFile(file, 'a MOTChallenge file of detections'), 'utf8'), file));
  const tracker = algorithm === 'sort' ? createSort() : createTracker();
  const frames = [...detections.keys()].reduce((a, b) => Math.max(a, b), 0);
  // Pictures without a detection are pictures too: people are lost in them.
  const rows = Array.from({ length: frames }, (_, index) => {
    const found = (detections.get(index + 1) ?? []).map(({ box, confidence }) => ({ box, score: confidence }));
    return tracker.step((1000 * index) / fps, found).map(({ id, box }) => ({ frame: index + 1, id, box, confidence: 1 }));
  }).flat();
  await write(resolve(out), writeMot(rows.sort((a, b) => a.frame - b.frame || a.id - b.id)));
  say(`${frames} pictures, ${new Set(rows.map(({ id }) => id)).size} people, ${rows.length} boxes: ${out}`);
}

async function write(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text);
  } catch (error) {
    throw new LitfassError('out-unwritable', `the tracks cannot be written to ${file}: ${error instanceof Error ? error.message : String(error)}; choose another --out file.`, { cause: error });
  }
}

function picturesASecond(text: string): number {
  const value = Number(text);
  if (!(value > 0 && value <= 1_000)) throw new InvalidArgumentError('Say a number of pictures above 0 and up to 1000.');
  return value;
}
