import type { Calibration, FloorSums } from '../../contract/index.ts';
import type { Point } from '../geometry.ts';

/** The watched floor before the screen in square cells, row by row from its near left corner. */
export type Grid = Pick<FloorSums, 'cellM' | 'columns' | 'rows'>;

const CELL_M = 0.5;
/** 14 × 9.5 m: with four steps for each cell, what the floor says still fits one release. */
const MOST = { columns: 28, rows: 19 };
/** Who stands on a line does not walk to and fro: a cell is left when its border lies so far behind, metres. */
const BEYOND_M = 0.1;

/** The floor in which the screen can be seen; its middle column stands before the middle of the panel. */
export function gridOf({ furthestM, halfAngleDeg }: Calibration['exposure']): Grid {
  const aside = furthestM * Math.sin((halfAngleDeg * Math.PI) / 180);
  return { cellM: CELL_M, columns: 2 * Math.min(MOST.columns / 2, Math.ceil(aside / CELL_M)), rows: Math.min(MOST.rows, Math.ceil(furthestM / CELL_M)) };
}

/** The cell of a place; `null` beside the watched floor. Somebody in cell `before` stays there until clearly out of it. */
export function cellAt({ cellM, columns, rows }: Grid, { x, y }: Point, before: number | null): number | null {
  const [across, away] = [x / cellM + columns / 2, y / cellM];
  if (before !== null) {
    const margin = BEYOND_M / cellM;
    const off = (value: number, cell: number): number => Math.max(cell - value, value - cell - 1);
    if (off(across, before % columns) <= margin && off(away, Math.floor(before / columns)) <= margin) return before;
  }
  const [column, row] = [Math.floor(across), Math.floor(away)];
  return column >= 0 && row >= 0 && column < columns && row < rows ? row * columns + column : null;
}

/** Index of a step in `FloorSums.steps`: to the left, right, near and far side. */
export type Direction = 0 | 1 | 2 | 3;

export interface Step {
  readonly cell: number;
  readonly direction: Direction;
}

/** The steps from one cell to another, sideways first; none when it is further than a person moves between two looks. */
export function stepsBetween({ columns }: Grid, from: number, to: number): readonly Step[] {
  const across = (to % columns) - (from % columns);
  const away = Math.floor(to / columns) - Math.floor(from / columns);
  if (Math.abs(across) > 1 || Math.abs(away) > 1) return [];
  const steps: Step[] = [];
  if (across !== 0) steps.push({ cell: from, direction: across < 0 ? 0 : 1 });
  if (away !== 0) steps.push({ cell: from + across, direction: away < 0 ? 2 : 3 });
  return steps;
}
