// Plays without a pause into groups and tells how many rows are on the disk after each, until somebody kills it.
import { writeSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { openLog } from '../../src/impressions/index.ts';
import { newPlay } from '../contract/builders.ts';

const [file = ''] = process.argv.slice(2);
const log = openLog({ file, groupCommit: { everyMs: 20, onTrouble: (trouble) => trouble && writeSync(2, trouble.message) } });
log.onAppend(() => writeSync(1, `stored ${log.size()}\n`));
for (;;) {
  const play = newPlay();
  log.startPlay({ ...play, durationMs: 0, presentedFrames: 0 });
  await sleep(1);
  log.touchPlay({ playId: play.playId, durationMs: 4_000, presentedFrames: 240 });
  const { seq } = log.finishPlay(play);
  writeSync(1, `finished ${play.playId} ${seq}\n`);
}
