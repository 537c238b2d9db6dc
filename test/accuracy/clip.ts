import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAudience } from '../../src/audience/index.ts';
import { runVisionClip } from '../../src/cli/vision.ts';
import type { Observation, VisionClipReport, Visit } from '../../src/contract/index.ts';
import { readObservations } from '../../src/sensors/index.ts';
import { openPage, type BrowserProgram } from '../../src/shells/index.ts';
import type { ClipScene } from './scenes.ts';

/** One moment of a clip as the audience saw it, and how far the heads were turned away. */
export interface Moment {
  readonly atS: number;
  readonly present: number;
  readonly watching: number;
  /** Of the head that is turned least and of the one that is turned most; `null`: no head's pose was measured. */
  readonly leastTurnedDeg: number | null;
  readonly mostTurnedDeg: number | null;
}

export interface ClipResult {
  readonly scene: ClipScene;
  readonly report: VisionClipReport;
  readonly moments: readonly Moment[];
  /** Expected women and men among the visits, and visits of which nothing is said. */
  readonly genders: { readonly female: number; readonly male: number; readonly unknown: number };
}

/** Runs a clip through the real vision page and the real audience, once. */
export async function runClip(scene: ClipScene, browser: BrowserProgram, projectDir: string): Promise<ClipResult> {
  const folder = await mkdtemp(join(tmpdir(), 'litfass-accuracy-'));
  try {
    const record = join(folder, 'seen.ndjson');
    const open = (url: string, onProblem: (message: string) => void) => openPage({ browser, url, window: 'headless', onProblem: (_what, message) => onProblem(message) });
    const report = await runVisionClip({ clip: scene.file, record, projectDir, openPage: open });
    const sum = (visits: readonly Visit[], group: 'female' | 'male' | 'unknown'): number => visits.reduce((total, { groups }) => total + groups.genders[group], 0);
    const genders = { female: sum(report.visits, 'female'), male: sum(report.visits, 'male'), unknown: sum(report.visits, 'unknown') };
    return { scene, report, moments: momentsOf(await readObservations(record)), genders };
  } finally {
    await rm(folder, { recursive: true });
  }
}

function momentsOf(observations: readonly Observation[]): readonly Moment[] {
  const audience = createAudience();
  return observations.map((observation) => {
    audience.observe(observation);
    const { present, watching } = audience.at(observation.atMs);
    const turned = observation.kind === 'frame' ? observation.faces.flatMap(({ yawDeg, pitchDeg }) => (yawDeg === null || pitchDeg === null ? [] : [Math.hypot(yawDeg, pitchDeg)])) : [];
    return { atS: observation.atMs / 1000, present, watching, leastTurnedDeg: turned.length === 0 ? null : Math.min(...turned), mostTurnedDeg: turned.length === 0 ? null : Math.max(...turned) };
  });
}

export interface VisitPair {
  readonly truth: readonly [number, number] | null;
  readonly estimate: Visit | null;
}

/** True and estimated visits side by side: the pairs that overlap longest first, and then whatever has no partner. */
export function pairVisits(truth: readonly (readonly [number, number])[], estimates: readonly Visit[]): readonly VisitPair[] {
  const overlaps = truth
    .flatMap((stay) => estimates.map((visit) => ({ stay, visit, overlapS: Math.min(stay[1], visit.leaveMs / 1000) - Math.max(stay[0], visit.enterMs / 1000) })))
    .filter(({ overlapS }) => overlapS > 0)
    .sort((a, b) => b.overlapS - a.overlapS);
  const pairs = new Map<readonly [number, number], Visit>();
  const taken = new Set<Visit>();
  for (const { stay, visit } of overlaps) {
    if (pairs.has(stay) || taken.has(visit)) continue;
    pairs.set(stay, visit);
    taken.add(visit);
  }
  return [...truth.map((stay) => ({ truth: stay, estimate: pairs.get(stay) ?? null })), ...estimates.filter((visit) => !taken.has(visit)).map((estimate) => ({ truth: null, estimate }))];
}
