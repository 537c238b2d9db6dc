import { basename } from 'node:path';
import { pairVisits, type ClipResult } from './clip.ts';
import type { Machine } from './machine.ts';
import type { SequenceResult } from './sequence.ts';
import type { ShopResult } from './shop.ts';

export interface Results {
  readonly machine: Machine;
  readonly clips: readonly ClipResult[];
  readonly sequences: readonly SequenceResult[];
  readonly shops: readonly ShopResult[];
  /** Scenes that were named and not there. */
  readonly missing: readonly string[];
  /** Plots of a clip, by the clip's file, relative to the report. */
  readonly plots: ReadonlyMap<string, readonly { readonly file: string; readonly caption: string }[]>;
}

/** The report as Markdown: what was measured, on what, and nothing else. */
export function accuracyReport({ machine, clips, sequences, shops, missing, plots }: Results): string {
  return [
    '# How good the estimates are',
    'Written by `npm run accuracy`; do not edit. Every number here was measured by that command, on the machine below, on the scenes that it was given. The clips and sequences show real people, are development data and no part of this project; `npm run accuracy -- SCENES.json` measures your own.',
    table(['', ''], [
      ['measured', machine.measured],
      ['machine', machine.name],
      ['versions', machine.versions],
      ['load average', machine.load],
    ]),
    ...(missing.length === 0 ? [] : [`Not measured, because the files were not there: ${missing.map((file) => `\`${file}\``).join(', ')}.`]),
    ...(clips.length === 0 ? [] : ['## Clips of real people', footfall(clips), ...clips.map((clip) => clipSection(clip, plots.get(clip.scene.file) ?? []))]),
    ...sequences.map(sequenceSection),
    '## Shops made of arithmetic',
    'Walkers whose way is known exactly, before a made-up detector with the errors of a real one (test/audience/tracking/shop-films.ts). Means over ten seeds; they need no data. They show bodies only, so they say nothing of attention or groups.',
    table(['film', 'pictures a second', 'people', 'visits counted', 'counted share of their time'], shops.map(({ film, fps, people, visits, dwellShare }) => [film, String(fps), people.toFixed(0), visits.toFixed(1), percent(dwellShare)])),
    '## What this does not say',
    'Three clips and one sequence are few, and all of them are well lit. Nothing here was measured on children, in a crowd, in the dark or against the sun. Age was not scored: no clip says how old its people are. Attention has no truth of its own: where somebody looks was not measured by another instrument, and a clip whose heads never turn far away, as the plots say, does not show it falling. The default tracker was tuned with TUD-Campus at hand.',
  ].join('\n\n') + '\n';
}

function footfall(clips: readonly ClipResult[]): string {
  return table(
    ['clip', 'people', 'visits counted', 'watchers', 'watchers counted', 'women, men', 'expected women, men, unknown', 'pictures a second'],
    clips.map(({ scene, report, genders }) => [
      basename(scene.file),
      String(scene.people),
      String(report.footfall),
      scene.watchers === undefined ? 'not known' : String(scene.watchers),
      String(report.watchers),
      scene.women === undefined ? 'not known' : `${scene.women}, ${scene.people - scene.women}`,
      `${genders.female.toFixed(2)}, ${genders.male.toFixed(2)}, ${genders.unknown.toFixed(2)}`,
      report.analysedFps.toFixed(1),
    ]),
  );
}

function clipSection({ scene, report }: ClipResult, plots: readonly { readonly file: string; readonly caption: string }[]): string {
  const { visits } = scene;
  const parts = [`### ${basename(scene.file)}`, `${scene.shows[0]?.toUpperCase() ?? ''}${scene.shows.slice(1)}. ${report.frames} pictures were analysed.`];
  if (visits !== undefined) {
    const pairs = pairVisits(visits, report.visits);
    const errors = pairs.flatMap(({ truth, estimate }) => (truth && estimate ? [Math.abs(estimate.dwellMs / 1000 - (truth[1] - truth[0]))] : []));
    parts.push(
      table(['visit', 'came', 'counted from', 'left', 'counted until', 'dwell', 'counted', 'error'], pairs.map(({ truth, estimate }, index) => [
        String(index + 1), seconds(truth?.[0]), seconds(estimate && estimate.enterMs / 1000), seconds(truth?.[1]), seconds(estimate && estimate.leaveMs / 1000),
        seconds(truth && truth[1] - truth[0]), seconds(estimate && estimate.dwellMs / 1000), truth && estimate ? signed(estimate.dwellMs / 1000 - (truth[1] - truth[0])) : 'no partner',
      ])),
      `Largest error of a dwell: ${Math.max(0, ...errors).toFixed(1)} s${scene.truthGoodToS === undefined ? '' : `; the truth was read by eye, each time to ±${scene.truthGoodToS} s`}.`,
    );
  } else {
    parts.push(table(['visit', 'dwell', 'attention', 'attention ÷ dwell', 'P(female)'], report.visits.map(({ dwellMs, attentionMs, groups }, index) => [String(index + 1), seconds(dwellMs / 1000), seconds(attentionMs / 1000), percent(dwellMs === 0 ? 0 : attentionMs / dwellMs), groups.genders.unknown === 1 ? 'unknown' : groups.genders.female.toFixed(2)])));
  }
  return [...parts, ...plots.map(({ file, caption }) => `![${caption}](${file})`)].join('\n\n');
}

function sequenceSection({ scene, rows }: SequenceResult): string {
  const figures = ['HOTA', 'DetA', 'AssA', 'IDF1', 'MOTA', 'MOTP', 'FP', 'FN', 'IDSW', 'Frag', 'MT', 'PT', 'ML'];
  const show = (value: number | undefined): string => (value === undefined ? '' : Number.isInteger(value) ? String(value) : value.toFixed(6));
  return [`## Tracking: ${scene.name}`, 'Detections as they come with the sequence, scored with our own CLEAR, ID and HOTA figures.', table(['tracker', ...figures], rows.map(({ tracker, scores }) => [tracker, ...figures.map((figure) => show(scores[figure]))]))].join('\n\n');
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function seconds(value: number | null | undefined): string {
  return value === null || value === undefined ? '–' : `${value.toFixed(1)} s`;
}

function signed(value: number): string {
  return `${value >= 0 ? '+' : '−'}${Math.abs(value).toFixed(1)} s`;
}

function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}
