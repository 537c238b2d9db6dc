// On a small disk of its own: a player dies in the middle of a play, the disk fills up or is mounted read-only, the next life
// opens the log, plays, and somebody sees to the disk. Prints what that life met. The disk of a killed player is a copy of what a living one has written.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { openLog } from '../../src/impressions/index.ts';
import { newPlay } from '../contract/builders.ts';
import { fillDisk } from '../small-disk.ts';

const [disk = '', fault = 'full', groupCommitMs = '0'] = process.argv.slice(2);
const [killed, file] = [join(disk, 'killed/player.db'), join(disk, 'screen/player.db')];
const remount = (how: 'ro' | 'rw'): unknown => execFileSync('mount', ['-o', `remount,${how}`, disk]);
const group = groupCommitMs === '0' ? {} : { groupCommit: { everyMs: Number(groupCommitMs), onTrouble: () => undefined } };

const first = openLog({ file: killed });
const [shown, cutOff] = [newPlay(), newPlay()];
first.startPlay(shown);
first.finishPlay(shown);
first.startPlay(cutOff);
mkdirSync(join(disk, 'screen'));
for (const part of ['player.db', 'player.db-wal']) cpSync(join(disk, 'killed', part), join(disk, 'screen', part));
first.close();
if (fault === 'full') fillDisk(join(disk, 'fill'));
else remount('ro');

const refused: string[] = [];
const log = openLog({ file, ...group, onRefused: ({ code }) => refused.push(code) });
const waitedAtStart = log.unsaved();
const played = [newPlay(), newPlay()];
for (const play of played) {
  for (const change of [() => log.startPlay(play), () => log.finishPlay(play)]) {
    try {
      change();
    } catch (error) {
      refused.push((error as { code: string }).code);
    }
  }
}
const waited = log.unsaved();
const awaited = [log.awaitsReopening()];
if (fault === 'full') rmSync(join(disk, 'fill'));
else remount('rw');
awaited.push(log.awaitsReopening());
if (fault === 'full') log.commit();
const ofThisLife = [...log.plays()].map(({ playId }) => playId);
log.close();

const next = openLog({ file });
const onDisk = next.rows(0, 500).map(({ leaf }) => (JSON.parse(leaf) as { playId: string }).playId);
process.stdout.write(JSON.stringify({ refused, waitedAtStart, waited, awaited, ofThisLife, onDisk, recovered: next.recovered.length, expected: [shown, cutOff, ...played].map(({ playId }) => playId) }));
next.close();
