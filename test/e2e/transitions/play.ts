import type { Source, Transition } from '../../../src/contract/index.ts';
import { playlist, programme } from '../../programme-fixture.ts';
import { until, type StageRig } from '../stage-rig.ts';
import { develop, filmPanel, meanGreen, strangerIn } from './camera.ts';
import { BLUE, RED, type Made } from './kinds.ts';
import type { Picture } from './png.ts';
import { everyPair } from './tour.ts';

const WAYS: readonly Transition['kind'][] = ['cut', 'fade', 'slide', 'push'];

/** Two frames of the panel. */
const EARLY_MS = 34;

export interface Change {
  /** From what to what, or only to what. */
  readonly what: string;
  readonly ms: number;
}

export interface Played {
  /** One line for each: `image/png → video/mp4 by fade`. */
  readonly transitions: readonly string[];
  readonly samples: number;
  /** Samples in which something else was seen than the two creatives: when, between which, and what. */
  readonly blank: readonly { readonly what: string; readonly png: Buffer }[];
  /** From the planned end of a slot to the first frame that the compositor put out of the next creative; cuts alone, where it is sharp. */
  readonly afterSlot: readonly Change[];
  /** The same to the report of that frame: what the log says is later by the way back, and by one frame that is waited for. */
  readonly reportedAfterSlotMs: readonly number[];
}

export interface PlayRequest {
  readonly rig: StageRig;
  readonly files: readonly Made[];
  readonly transitions: number;
  readonly durationMs: number;
  readonly transitionMs: number;
  readonly sources?: readonly Source[];
}

/** Plays every ordered pair of the types, over and over by all four ways, and looks at each frame that the compositor puts out. */
export async function playTransitions({ rig, files, transitions, durationMs, transitionMs, sources = [] }: PlayRequest): Promise<Played> {
  const { page } = rig.stage;
  const round = everyPair(files.length);
  // One round more for each way: with another number of pairs than ways, each pair would meet the same way again and again.
  const steps = WAYS.flatMap((_, shift) => round.map((file, step) => ({ ...files[file]!, way: WAYS[(step + shift) % WAYS.length] ?? 'cut' })));
  const creatives = await Promise.all(
    steps.map(({ kind, mediaType, content, way }, step) => rig.add(`step-${step}`, content, { kind, mediaType, durationMs, presentation: { fit: 'cover', transition: { kind: way, ms: way === 'cut' ? 0 : transitionMs } } })),
  );
  const camera = await filmPanel(page);
  rig.setProgramme(programme(creatives, { playlists: [playlist('all', creatives.map(({ id }) => id))], sources: [...sources] }));
  await until(`${transitions} transitions`, () => rig.plays.length > transitions || rig.faults.length > 0, (transitions + 5) * (durationMs + 1_000));
  await camera.stop();
  if (rig.faults.length > 0) throw new Error(`a creative broke: ${rig.faults.map(({ message }) => message).join('; ')}`);

  const plays = rig.plays.slice(0, transitions + 1);
  const stepOf = (index: number): (typeof steps)[number] => steps[Number(plays[index]?.creative.id.slice(5))] ?? steps[0]!;
  const pictures = await develop(camera.shots);
  const startsMs = plays[0]?.monoMs ?? 0;
  const watched = pictures.filter(({ atMs }) => atMs > startsMs + 100);
  const blank = watched.flatMap(({ atMs, png, picture }) => {
    const stranger = strangerIn(picture, RED, BLUE);
    const index = plays.findLastIndex(({ monoMs }) => monoMs <= atMs + 200);
    return stranger === null ? [] : [{ what: `${stranger}, ${Math.round(atMs - (plays[index]?.monoMs ?? 0))} ms after the start of ${describe(index)}`, png }];
  });

  function describe(index: number): string {
    return `${nameOf(stepOf(index - 1))} → ${nameOf(stepOf(index))} by ${stepOf(index).way}`;
  }

  const afterSlot: Change[] = [];
  const reportedAfterSlotMs: number[] = [];
  for (const [index, play] of plays.entries()) {
    const before = plays[index - 1];
    if (before === undefined) continue;
    const endMs = before.monoMs + before.plannedMs;
    reportedAfterSlotMs.push(play.monoMs - endMs);
    if (stepOf(index).way === 'cut') afterSlot.push(...changeAfter(watched, endMs, EARLY_MS).map((ms) => ({ what: describe(index), ms })));
  }
  return { transitions: plays.slice(1).map((_, index) => describe(index + 1)), samples: watched.length, blank, afterSlot, reportedAfterSlotMs };
}

export function nameOf({ mediaType, codec }: Pick<Made, 'mediaType' | 'codec'>): string {
  return codec === undefined ? mediaType : `${mediaType} (${codec})`;
}

/**
 * @param earlyMs how long before `fromMs` it may have come: a change begins one frame before its slot
 * @returns how long after `fromMs` the picture became another one; empty when it did not
 */
export function changeAfter(shots: readonly { readonly atMs: number; readonly picture: Picture }[], fromMs: number, earlyMs = 0): number[] {
  const last = shots.findLast(({ atMs }) => atMs <= fromMs - earlyMs);
  const first = shots.find(({ atMs, picture }) => atMs > fromMs - earlyMs && last !== undefined && Math.abs(meanGreen(picture) - meanGreen(last.picture)) > 4);
  return first === undefined ? [] : [first.atMs - fromMs];
}

/** @param at 0 to 1 */
export function quantile(values: readonly number[], at: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * at) - 1)] ?? NaN;
}
