import type { Source } from '../../../src/contract/index.ts';
import { people, programme } from '../../programme-fixture.ts';
import { until, type StageRig } from '../stage-rig.ts';
import { filmPanel } from './camera.ts';
import type { Made } from './kinds.ts';
import { changeAfter, nameOf, type Change } from './play.ts';
import { readPng } from './png.ts';

/**
 * Somebody comes, over and over, and a creative for them breaks into what is shown: nobody could tell the stage of it ahead.
 *
 * @returns from the command to show it, which follows as soon as it is prepared, to its first composited frame
 */
export async function playInterrupts(rig: StageRig, [first, ...others]: readonly Made[], times: number, sources: readonly Source[] = []): Promise<readonly Change[]> {
  if (first === undefined) throw new Error('nothing was made to be shown');
  const presentation = { fit: 'cover', transition: { kind: 'cut', ms: 0 } } as const;
  const house = await rig.add('house', first.content, { kind: first.kind, mediaType: first.mediaType, durationMs: 60_000, presentation });
  const forPeople = await Promise.all(
    others.map(({ kind, mediaType, content }, index) => rig.add(`people-${index}`, content, { kind, mediaType, durationMs: 1_000, presentation, tier: 'audience', criteria: [{ metric: 'present', condition: 'at-least', value: 1 }] })),
  );
  rig.setProgramme(programme([house, ...forPeople], { version: 2, sources: [...sources], selection: { enterMs: 0, leaveMs: 0, minimumHoldMs: 500 } }));
  const camera = await filmPanel(rig.stage.page);
  const told: { readonly atMs: number; readonly what: string }[] = [];
  while (told.length < times) {
    rig.conductor.setAudience(people(0, performance.now()));
    await until('nobody is there, and the house has its turn', () => rig.conductor.nowPlaying?.creative.id === 'house' && performance.now() - rig.conductor.nowPlaying.shown.monoMs > 700);
    rig.conductor.setAudience(people(1, performance.now()));
    await until('somebody is shown something', () => rig.conductor.nowPlaying?.creative.tier === 'audience');
    const shown = rig.told.findLast(({ command }) => command.type === 'show' && command.playId === rig.conductor.nowPlaying?.playId);
    const index = forPeople.findIndex(({ id }) => id === rig.conductor.nowPlaying?.creative.id);
    if (shown !== undefined) told.push({ atMs: shown.atMs, what: nameOf(others[index] ?? first) });
  }
  await camera.stop();
  const shots = camera.shots.map(({ atMs, png }) => ({ atMs, picture: readPng(png) }));
  return told.flatMap(({ atMs, what }) => changeAfter(shots, atMs).map((ms) => ({ what, ms })));
}
