// Plays as fast as the disk allows and tells each finished play only after the log has it, until somebody kills it.
import { writeSync } from 'node:fs';
import { openLog } from '../../src/impressions/index.ts';
import { newPlay } from '../contract/builders.ts';

const [file = ''] = process.argv.slice(2);
const log = openLog({ file });
for (;;) {
  const play = newPlay();
  log.startPlay({ ...play, durationMs: 0, presentedFrames: 0 });
  writeSync(1, `started ${play.playId}\n`);
  log.touchPlay({ playId: play.playId, durationMs: 4_000, presentedFrames: 240 });
  log.finishPlay(play);
  writeSync(1, `finished ${play.playId}\n`);
}
