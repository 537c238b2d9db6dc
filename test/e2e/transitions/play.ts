import type { Transition } from '../../../src/contract/index.ts';
import { playlist, programme } from '../../programme-fixture.ts';
import { until, type StageRig } from '../stage-rig.ts';
import { filmPanel, meanGreen, readPng, strangerIn } from './camera.ts';
import { BLUE, colourOf, RED, type Kind } from './kinds.ts';
import { everyPair } from './tour.ts';

const WAYS: readonly Transition['kind'][] = ['cut', 'fade', 'slide', 'push'];

export interface Played {
  /** One line for each: `image/png → video/mp4 by fade`. */
  readonly transitions: readonly string[];
  readonly samples: number;
  /** Samples in which something else was seen than the two creatives: when, between which, and what. */
  readonly blank: readonly { readonly what: string; readonly png: Buffer }[];
  /** From the planned end of a slot to the report that the next creative's first frame was presented, ms. */
  readonly afterSlotMs: readonly number[];
  /** The same to the first frame that the compositor put out with something of the next one in it; cuts alone, where it is sharp. */
  readonly seenAfterSlotMs: readonly number[];
  /** From the moment that a prepared creative was wanted to the report of its first frame, ms. */
  readonly switchMs: readonly number[];
}

export interface PlayRequest {
  readonly rig: StageRig;
  readonly kinds: readonly Kind[];
  readonly transitions: number;
  readonly durationMs: number;
  readonly transitionMs: number;
}

/** Plays every ordered pair of the types, over and over by all four ways, and looks at each frame that the compositor puts out. */
export async function playTransitions({ rig, kinds, transitions, durationMs, transitionMs }: PlayRequest): Promise<Played> {
  const { page } = rig.stage;
  const files = await Promise.all(kinds.map(async ({ make, mediaType }, index) => await make(colourOf(index, kinds.length), page, mediaType)));
  const round = everyPair(kinds.length);
  // One round more for each way: with another number of pairs than ways, each pair would meet the same way again and again.
  const steps = WAYS.flatMap((_, shift) => round.map((kind, step) => ({ kind, way: WAYS[(step + shift) % WAYS.length] ?? 'cut' })));
  const creatives = await Promise.all(
    steps.map(({ kind, way }, step) => rig.add(`step-${step}`, files[kind] ?? '', { kind: kinds[kind]!.kind, mediaType: kinds[kind]!.mediaType, durationMs, presentation: { transition: { kind: way, ms: way === 'cut' ? 0 : transitionMs } } })),
  );
  const camera = await filmPanel(page);
  rig.setProgramme(programme(creatives, { playlists: [playlist('all', creatives.map(({ id }) => id))] }));
  await until(`${transitions} transitions`, () => rig.plays.length > transitions || rig.faults.length > 0, (transitions + 5) * (durationMs + 1_000));
  await camera.stop();
  if (rig.faults.length > 0) throw new Error(`a creative broke: ${rig.faults.map(({ message }) => message).join('; ')}`);

  const plays = rig.plays.slice(0, transitions + 1);
  const stepOf = (index: number): (typeof steps)[number] => steps[Number(plays[index]?.creative.id.slice(5))] ?? steps[0]!;
  const pictures = camera.shots.map((shot) => ({ ...shot, picture: readPng(shot.png) }));
  const startsMs = plays[0]?.monoMs ?? 0;
  const watched = pictures.filter(({ atMs }) => atMs > startsMs + 100);
  const blank = watched.flatMap(({ atMs, png, picture }) => {
    const stranger = strangerIn(picture, RED, BLUE);
    const index = plays.findLastIndex(({ monoMs }) => monoMs <= atMs + 200);
    return stranger === null ? [] : [{ what: `${stranger}, ${Math.round(atMs - (plays[index]?.monoMs ?? 0))} ms after the start of ${describe(index)}`, png }];
  });

  function describe(index: number): string {
    const [before, { kind, way }] = [stepOf(index - 1), stepOf(index)];
    return `${kinds[before.kind]?.mediaType} → ${kinds[kind]?.mediaType} by ${way}`;
  }

  const afterSlotMs: number[] = [];
  const seenAfterSlotMs: number[] = [];
  for (const [index, play] of plays.entries()) {
    const before = plays[index - 1];
    if (before === undefined) continue;
    const endMs = before.monoMs + before.plannedMs;
    afterSlotMs.push(play.monoMs - endMs);
    if (stepOf(index).way !== 'cut') continue;
    const last = watched.findLast(({ atMs }) => atMs <= endMs);
    const first = watched.find(({ atMs, picture }) => atMs > endMs && last !== undefined && Math.abs(meanGreen(picture) - meanGreen(last.picture)) > 4);
    if (first !== undefined) seenAfterSlotMs.push(first.atMs - endMs);
  }
  const shownMs = new Map(plays.map(({ playId, monoMs }) => [playId, monoMs]));
  const switchMs = rig.told.flatMap(({ atMs, command }) => {
    const shown = command.type === 'show' ? shownMs.get(command.playId) : undefined;
    return command.type === 'show' && shown !== undefined ? [shown - atMs - command.inMs] : [];
  });
  return { transitions: plays.slice(1).map((_, index) => describe(index + 1)), samples: watched.length, blank, afterSlotMs, seenAfterSlotMs, switchMs: switchMs.slice(1) };
}

/** @param at 0 to 1 */
export function quantile(values: readonly number[], at: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * at) - 1)] ?? NaN;
}
