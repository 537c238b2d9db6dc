import { LitfassError, tableMetricSchema, type AudienceReport, type NoisedEstimate, type TableMetric, type TableSums } from '../../contract/index.ts';
import { newestTables, type ReleaseTableRow } from '../repositories/release-tables.ts';
import { releasesBetween, type ReleaseRow } from '../repositories/releases.ts';
import type { HubDatabase } from '../repositories/schema.ts';
import { findScreen } from '../repositories/screens.ts';
import { scaleOf } from './audience-estimate.ts';
import { halfWidth95, jointHalfWidth95 } from './noise-interval.ts';

/** A month of quarters of an hour. More are not summed; `fromMs` says from where. */
const MOST_WINDOWS = 3_000;

/**
 * What may be said of a screen's audience in the time before now: sums of what it released, and how far the noise may have
 * moved them.
 *
 * @throws LitfassError `unknown-screen`
 */
export async function audienceReport(db: HubDatabase, screenId: string, minutes: number, nowMs: number): Promise<AudienceReport> {
  if ((await findScreen(db, screenId)) === undefined) throw new LitfassError('unknown-screen', `there is no screen "${screenId}" at this hub.`);
  const fromMs = nowMs - minutes * 60_000;
  const tables: TableSums[] = [];
  for (const metric of tableMetricSchema.options) {
    const sums = sumTable(metric, await newestTables(db, screenId, metric, fromMs, MOST_WINDOWS));
    if (sums !== null) tables.push(sums);
  }
  const releases = await releasesBetween(db, screenId, fromMs, nowMs);
  const table = (metric: TableMetric): TableSums | undefined => tables.find((one) => one.metric === metric && one.windows > 0);
  return {
    screenId,
    fromMs,
    toMs: nowMs,
    visits: sumVisits(releases),
    tables,
    ratios: {
      conversion: ratio(countWithin(releases, table('opportunity'), ['watched']), estimateOf(table('opportunity'))),
      dwellS: ratio(estimateOf(table('dwell')), countWithin(releases, table('dwell'), ['watched', 'passed'])),
      attentionS: ratio(estimateOf(table('attention')), countWithin(releases, table('attention'), ['watched'])),
    },
  };
}

/** @param rows newest first. @returns `null` when there are none */
function sumTable(metric: TableMetric, rows: readonly ReleaseTableRow[]): TableSums | null {
  const newest = rows[0];
  if (newest === undefined) return null;
  const same = rows.filter((row) => row.cells === newest.cells && row.basis === newest.basis && row.unit === newest.unit);
  const measured = same.filter((row) => row.coverage_percent > 0);
  const first = (measured.at(-1) ?? newest).window_start_ms;
  const last = measured[0] ?? newest;
  const cells = JSON.parse(newest.cells) as string[];
  const sums = cells.map(() => 0);
  for (const row of measured) for (const [cell, value] of (JSON.parse(row.cell_values) as number[]).entries()) sums[cell] = (sums[cell] ?? 0) + value;
  const scales = measured.map((row) => ({ scale: (row.per_visit * row.epsilon_denominator) / row.epsilon_numerator }));
  return {
    metric,
    unit: newest.unit,
    cells: cells.map((cell, index) => ({ cell, value: sums[index] ?? 0 })),
    plusMinus: halfWidth95(scales),
    jointPlusMinus: jointHalfWidth95(scales, cells.length),
    fromMs: first,
    toMs: last.window_start_ms + last.window_ms,
    windowMs: newest.window_ms,
    windows: measured.length,
    unmeasuredWindows: same.length - measured.length,
    otherWindows: rows.length - same.length,
    coveragePercent: measured.length === 0 ? 0 : Math.round(measured.reduce((sum, row) => sum + row.coverage_percent, 0) / measured.length),
    perVisit: newest.per_visit,
    epsilonNumerator: newest.epsilon_numerator,
    epsilonDenominator: newest.epsilon_denominator,
    basis: JSON.parse(newest.basis) as string[],
  };
}

function sumVisits(releases: readonly ReleaseRow[]): AudienceReport['visits'] {
  const measured = releases.filter((cell) => cell.coverage_percent > 0);
  const newest = measured[0];
  if (newest === undefined) return null;
  const watched = measured.filter(({ bucket }) => bucket === 'watched');
  return { visits: total(measured), watched: total(watched), windowMs: newest.window_ms, epsilonNumerator: newest.epsilon_numerator, epsilonDenominator: newest.epsilon_denominator };
}

/** Visits of the time that a table covers: what was counted before the table began belongs to no ratio with it. */
function countWithin(releases: readonly ReleaseRow[], table: TableSums | undefined, buckets: readonly string[]): NoisedEstimate | null {
  if (table === undefined) return null;
  return total(releases.filter((cell) => cell.coverage_percent > 0 && buckets.includes(cell.bucket) && cell.window_start_ms >= table.fromMs && cell.window_start_ms + cell.window_ms <= table.toMs));
}

function total(cells: readonly ReleaseRow[]): NoisedEstimate {
  return { value: cells.reduce((sum, { value }) => sum + value, 0), plusMinus: halfWidth95(cells.map(scaleOf)) };
}

function estimateOf(table: TableSums | undefined): NoisedEstimate | null {
  const [cell] = table?.cells ?? [];
  return table === undefined || cell === undefined ? null : { value: cell.value, plusMinus: table.plusMinus };
}

/**
 * A quotient of two noised sums, with its interval to first order. `null` where the lower one cannot be told from twice its
 * noise, for there the interval would be a fiction, and where the interval holds zero.
 */
function ratio(upper: NoisedEstimate | null, lower: NoisedEstimate | null): NoisedEstimate | null {
  if (upper === null || lower === null || lower.value <= 2 * lower.plusMinus || lower.value <= 0) return null;
  const value = upper.value / lower.value;
  const plusMinus = Math.hypot(upper.plusMinus, value * lower.plusMinus) / lower.value;
  return plusMinus < value ? { value, plusMinus } : null;
}
