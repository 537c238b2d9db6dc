import type { TableSums } from '../../../src/contract/index.ts';
import { figure, shown } from './numbers.ts';

interface Cell {
  readonly column: number;
  readonly row: number;
  readonly value: number;
}

const CELL = 24;
/** A quarter of a cell: an arrow must not hide how dark its cell is. */
const ARROW = 7;

/** The floor from above, the screen below it: the darker a cell, the longer people stood there. */
export function FloorMap({ stay, steps }: { stay: TableSums; steps: TableSums | undefined }) {
  const cells = stay.cells.flatMap(({ cell, value }) => placed(cell, value));
  const columns = Math.max(...cells.map(({ column }) => column)) + 1;
  const rows = Math.max(...cells.map(({ row }) => row)) + 1;
  const top = Math.max(stay.jointPlusMinus, ...cells.map(({ value }) => value));
  const above = cells.filter(({ value }) => value > stay.jointPlusMinus).length;
  return (
    <figure className="floor">
      <svg viewBox={`0 0 ${String(columns * CELL)} ${String(rows * CELL + 10)}`} role="img" aria-label={`Floor of ${String(columns)} by ${String(rows)} cells; ${String(above)} of them stand out of the noise.`}>
        <defs>
          <marker id="floor-arrow" viewBox="0 0 6 6" refX="4" refY="3" markerWidth="5" markerHeight="5" orient="auto">
            <path d="M0 0L6 3L0 6z" />
          </marker>
        </defs>
        {cells.map(({ column, row, value }) => (
          <rect key={`${String(column)}-${String(row)}`} className={value > stay.jointPlusMinus ? 'floor-cell' : 'floor-cell floor-noise'} x={column * CELL + 0.5} y={(rows - 1 - row) * CELL + 0.5} width={CELL - 1} height={CELL - 1} fillOpacity={0.06 + 0.94 * (shown(value) / top)}>
            <title>{`${figure(shown(value), stay.plusMinus)} ± ${figure(stay.plusMinus)} s`}</title>
          </rect>
        ))}
        {steps !== undefined && steps.windows > 0 && flows(steps).map(({ column, row, x, y }) => (
          <line key={`${String(column)}-${String(row)}`} className="floor-flow" markerEnd="url(#floor-arrow)" x1={(column + 0.5) * CELL - x * ARROW} y1={(rows - 0.5 - row) * CELL + y * ARROW} x2={(column + 0.5) * CELL + x * ARROW} y2={(rows - 0.5 - row) * CELL - y * ARROW} />
        ))}
        <rect className="floor-screen" x={columns * CELL * 0.35} y={rows * CELL + 4} width={columns * CELL * 0.3} height="4" rx="2" />
      </svg>
      <figcaption>
        <span>0 s</span>
        <span className="floor-scale" aria-hidden="true" />
        <span>
          {figure(top, stay.plusMinus)} s <span className="plus-minus">± {figure(stay.plusMinus)}</span>
        </span>
        <span className="floor-legend-noise">within the noise</span>
        <span className="floor-legend-screen">screen</span>
      </figcaption>
    </figure>
  );
}

function placed(name: string, value: number): Cell[] {
  const [, column, row] = /^c(\d+)r(\d+)/.exec(name) ?? [];
  return column === undefined ? [] : [{ column: Number(column), row: Number(row), value }];
}

/** Where more people went one way than the other, by more than the noise of all differences. */
function flows(steps: TableSums): { column: number; row: number; x: number; y: number }[] {
  const byCell = new Map<string, { column: number; row: number; x: number; y: number }>();
  const sign: Readonly<Record<string, readonly [number, number]>> = { left: [-1, 0], right: [1, 0], near: [0, -1], far: [0, 1] };
  for (const { cell, value } of steps.cells) {
    const [name = '', direction = ''] = cell.split('-');
    const [place] = placed(name, value);
    const [x, y] = sign[direction] ?? [0, 0];
    if (place === undefined) continue;
    const flow = byCell.get(name) ?? { column: place.column, row: place.row, x: 0, y: 0 };
    byCell.set(name, { ...flow, x: flow.x + x * value, y: flow.y + y * value });
  }
  return [...byCell.values()].flatMap(({ column, row, x, y }) => {
    const strength = Math.hypot(x, y);
    return strength > 2 * steps.jointPlusMinus ? [{ column, row, x: x / strength, y: y / strength }] : [];
  });
}
