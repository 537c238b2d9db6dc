import type { ScreenView } from '../../../src/contract/index.ts';
import { shortClockTime } from '../words/time.ts';

type Cell = NonNullable<ScreenView['audience']>['cells'][number];

const BARS = 30;
const HEIGHT = 44;
const PITCH = 10;
const WIDTH = 7;
/** Below this the scale would blow noise up to mountains. */
const LEAST_TOP = 5;

/** One bar a window, oldest left: who watched at the foot, who passed on top. A hatched slot was not measured. */
export function VisitsChart({ cells }: { cells: readonly Cell[] }) {
  const bars = cells.slice(0, BARS).toReversed();
  const newest = cells[0];
  const oldest = bars[0];
  if (newest === undefined || oldest === undefined) return null;
  const top = Math.max(LEAST_TOP, ...bars.map((cell) => clip(cell.watched) + clip(cell.passed)));
  const offset = (BARS - bars.length) * PITCH;
  return (
    <figure className="chart">
      <svg viewBox={`0 0 ${String(BARS * PITCH - (PITCH - WIDTH))} ${String(HEIGHT)}`} preserveAspectRatio="none" role="img" aria-label={chartWords(bars)}>
        {bars.map((cell, index) => (
          <Bar key={cell.windowStartMs} cell={cell} x={offset + index * PITCH} top={top} />
        ))}
      </svg>
      <figcaption>
        <span>{shortClockTime(oldest.windowStartMs)}</span>
        <span>{shortClockTime(newest.windowStartMs + newest.windowMs)}</span>
      </figcaption>
    </figure>
  );
}

function Bar({ cell, x, top }: { cell: Cell; x: number; top: number }) {
  if (cell.coveragePercent === 0) return <rect className="bar-unmeasured" x={x} y={0} width={WIDTH} height={HEIGHT} />;
  const watched = (clip(cell.watched) / top) * HEIGHT;
  const passed = (clip(cell.passed) / top) * HEIGHT;
  return (
    <>
      <rect className="bar-zero" x={x} y={HEIGHT - 1} width={WIDTH} height={1} />
      <rect className="bar-watched" x={x} y={HEIGHT - watched} width={WIDTH} height={watched} />
      <rect className="bar-passed" x={x} y={HEIGHT - watched - passed} width={WIDTH} height={passed} />
    </>
  );
}

function clip(value: number): number {
  return Math.max(0, value);
}

function chartWords(bars: readonly Cell[]): string {
  const measured = bars.filter(({ coveragePercent }) => coveragePercent > 0);
  return `Noised visits in ${String(bars.length)} windows, ${String(measured.length)} of them measured.`;
}
