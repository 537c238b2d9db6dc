import type { ScreenView } from '../../contract/index.ts';
import type { ReleaseRow } from '../repositories/releases.ts';
import { halfWidth95, type NoiseScale } from './noise-interval.ts';

type VisitsEstimate = NonNullable<ScreenView['audience']>;

const SPAN_MS = 5 * 60_000;
/** Windows to draw; the sum covers only the newest of them. */
export const SHOWN_WINDOWS = 30;

/**
 * Sums the newest noised cells of one screen: those of the last five minutes, or the newest window where windows are longer.
 * Values stay signed, so that noise cancels out; only a page may clip at zero. A window with coverage 0 was not measured: it
 * is shown, and not summed.
 *
 * @param releases newest first, as released.
 * @returns `null` when nothing was released lately.
 */
export function estimateVisits(releases: readonly ReleaseRow[], nowMs: number): VisitsEstimate | null {
  const newest = releases[0];
  if (newest === undefined) return null;
  const spanMs = Math.max(SPAN_MS, newest.window_ms);
  const newestEndMs = newest.window_start_ms + newest.window_ms;
  if (nowMs - newestEndMs > spanMs + newest.window_ms) return null;

  const summed = releases.filter((cell) => cell.coverage_percent > 0 && cell.window_start_ms + cell.window_ms > newestEndMs - spanMs);
  return {
    minutes: Math.round(spanMs / 60_000),
    visits: total(summed),
    watched: total(summed.filter(({ bucket }) => bucket === 'watched')),
    plusMinus: halfWidth95(summed.map(scaleOf)),
    cells: windows(releases),
  };
}

/** A visit changes one cell by one, so the scale is one over epsilon. */
export function scaleOf(cell: Pick<ReleaseRow, 'epsilon_numerator' | 'epsilon_denominator'>): NoiseScale {
  return { scale: cell.epsilon_denominator / cell.epsilon_numerator };
}

function total(cells: readonly ReleaseRow[]): number {
  return cells.reduce((sum, { value }) => sum + value, 0);
}

function windows(releases: readonly ReleaseRow[]): VisitsEstimate['cells'] {
  const byStart = new Map<number, VisitsEstimate['cells'][number]>();
  for (const cell of releases) {
    const window = byStart.get(cell.window_start_ms) ?? { windowStartMs: cell.window_start_ms, windowMs: cell.window_ms, watched: 0, passed: 0, coveragePercent: cell.coverage_percent };
    byStart.set(cell.window_start_ms, { ...window, ...(cell.bucket === 'watched' ? { watched: cell.value } : { passed: cell.value }) });
  }
  return [...byStart.values()].slice(0, SHOWN_WINDOWS);
}
