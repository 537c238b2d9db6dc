import { readFile } from 'node:fs/promises';
import { Command } from 'commander';
import { LitfassError } from '../contract/index.ts';
import { existingFile } from './options.ts';
import { say } from './terminal.ts';

export function scoreCommand(): Command {
  return new Command('score')
    .description('say how good tracks are, against a truth: CLEAR, ID and HOTA figures as JSON')
    .argument('<truth>', 'MOTChallenge file of who really was where; rows of confidence 0 do not count')
    .argument('<result>', 'MOTChallenge file that a tracker wrote')
    .action(runScoreCommand);
}

async function runScoreCommand(truthFile: string, resultFile: string): Promise<void> {
  const { byFrame, compare, readMot, scoreClear, scoreHota, scoreIdentity } = await import('../audience/index.ts');
  const read = async (file: string, what: string) => {
    const rows = readMot(await readFile(existingFile(file, what), 'utf8'), file);
    const nobody = rows.find(({ id }) => id === -1);
    if (nobody) throw new LitfassError('mot-identity', `${file} holds boxes of nobody (id -1 in picture ${nobody.frame}); name ${what}, not detections.`);
    return rows;
  };
  const truth = (await read(truthFile, 'a MOTChallenge file of the truth')).filter(({ confidence }) => confidence !== 0);
  if (truth.length === 0) throw new LitfassError('no-truth', `${truthFile} has no row that counts: nothing can be scored against it.`);
  const frames = compare(byFrame(truth), byFrame(await read(resultFile, 'a MOTChallenge file of tracks')));
  say(JSON.stringify({ ...scoreHota(frames), ...scoreIdentity(frames), ...scoreClear(frames) }, null, 2));
}
