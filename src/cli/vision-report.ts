import { attractionRatio, conversionRatio } from '../audience/index.ts';
import { AGE_BANDS, type FloorSums, type Visit, type VisionClipReport } from '../contract/index.ts';

export interface SeenInClip {
  readonly frames: number;
  readonly analysedFps: number;
  readonly visits: readonly Visit[];
  readonly floor: FloorSums | null;
  /** Name of the measurement of the age and gender net; `null`: none. */
  readonly demographics: string | null;
}

/** Sums up a clip's visits. Bands are expected counts: sums of probabilities, never counts of labels. */
export function visionReportOf({ frames, analysedFps, visits, floor, demographics }: SeenInClip): VisionClipReport {
  const withOpportunity = visits.filter(({ opportunityToSee }) => opportunityToSee);
  const distances = visits.flatMap(({ distanceM }) => distanceM ?? []);
  return {
    frames,
    analysedFps,
    visits: visits.map((visit) => ({ ...visit, attractionRatio: attractionRatio([visit]) })).sort((a, b) => a.enterMs - b.enterMs),
    footfall: visits.length,
    watchers: visits.filter(({ watcher }) => watcher).length,
    opportunities: withOpportunity.length,
    conversionRatio: conversionRatio(withOpportunity.filter(({ watcher }) => watcher).length, withOpportunity.length),
    attractionRatio: attractionRatio(visits),
    bands: AGE_BANDS.map((_, band) => sum(visits.map(({ groups }) => groups.bands[band] ?? 0))),
    bandUnknown: sum(visits.map(({ groups }) => groups.bandUnknown)),
    distanceM: distances.length === 0 ? null : sum(distances) / distances.length,
    floor,
    demographics: demographics ?? 'uncalibrated',
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
