import type { Source } from '../../../src/contract/index.ts';
import { people, programme } from '../../programme-fixture.ts';
import { until, type StageRig } from '../stage-rig.ts';
import { develop, filmPanel } from './camera.ts';
import type { Made } from './kinds.ts';
import { changeAfter, nameOf, type Change } from './play.ts';

/** From the command to show a creative, which follows as soon as it is prepared. */
export interface Switches {
  /** To its first composited frame, as it was filmed. Without a graphics card, filming takes most of a core from the stage. */
  readonly filmed: readonly Change[];
  /** To the page's word, at the player, that its first frame was painted: a little later than the frame, and nothing filmed. */
  readonly reported: readonly Change[];
}

/**
 * Somebody comes, over and over, and a creative for them breaks into what is shown: nobody could tell the stage of it ahead.
 *
 * @param times how often, filmed and once more unfilmed
 */
export async function playInterrupts(rig: StageRig, [first, ...others]: readonly Made[], times: number, sources: readonly Source[] = []): Promise<Switches> {
  if (first === undefined) throw new Error('nothing was made to be shown');
  const presentation = { fit: 'cover', transition: { kind: 'cut', ms: 0 } } as const;
  const house = await rig.add('house', first.content, { kind: first.kind, mediaType: first.mediaType, durationMs: 60_000, presentation });
  const forPeople = await Promise.all(
    others.map(({ kind, mediaType, content }, index) => rig.add(`people-${index}`, content, { kind, mediaType, durationMs: 1_000, presentation, tier: 'audience', criteria: [{ metric: 'present', condition: 'at-least', value: 1 }] })),
  );
  rig.setProgramme(programme([house, ...forPeople], { version: 2, sources: [...sources], selection: { enterMs: 0, leaveMs: 0, minimumHoldMs: 500 } }));

  const camera = await filmPanel(rig.stage.page);
  const before = await comeAndGo();
  await camera.stop();
  const shots = await develop(camera.shots);
  const filmed = before.flatMap(({ atMs, what }) => changeAfter(shots, atMs).map((ms) => ({ what, ms })));
  return { filmed, reported: (await comeAndGo()).map(({ what, atMs, reportedMs }) => ({ what, ms: reportedMs - atMs })) };

  async function comeAndGo() {
    const seen: { readonly what: string; readonly atMs: number; readonly reportedMs: number }[] = [];
    while (seen.length < times) {
      rig.conductor.setAudience(people(0, performance.now()));
      await until('nobody is there, and the house has its turn', () => rig.conductor.nowPlaying?.creative.id === 'house' && performance.now() - rig.conductor.nowPlaying.shown.monoMs > 700);
      rig.conductor.setAudience(people(1, performance.now()));
      await until('somebody is shown something', () => rig.conductor.nowPlaying?.creative.tier === 'audience');
      const told = rig.told.findLast(({ command }) => command.type === 'show' && command.playId === rig.conductor.nowPlaying?.playId);
      const index = forPeople.findIndex(({ id }) => id === rig.conductor.nowPlaying?.creative.id);
      const { shown } = rig.conductor.nowPlaying ?? {};
      if (told !== undefined && shown !== undefined) seen.push({ what: nameOf(others[index] ?? house), atMs: told.atMs, reportedMs: shown.monoMs });
    }
    return seen;
  }
}
