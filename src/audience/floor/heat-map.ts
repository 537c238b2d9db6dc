import type { Box } from '../../contract/index.ts';
import type { Point } from '../geometry.ts';

/** How long people stood where: milliseconds in square cells of the floor. No cell knows who or when. */
export interface HeatMap {
  readonly cellM: number;
  readonly columns: number;
  readonly rows: number;
  /** Row by row from the floor's corner; person-milliseconds. */
  readonly stayMs: readonly number[];
}

/** @param widthM and depthM of the watched floor from its corner, rounded up to whole cells */
export function emptyHeatMap(widthM: number, depthM: number, cellM: number): HeatMap {
  const columns = Math.ceil(widthM / cellM);
  const rows = Math.ceil(depthM / cellM);
  return { cellM, columns, rows, stayMs: new Array<number>(columns * rows).fill(0) };
}

/** Adds a moment's stay. A place beside the watched floor changes nothing. */
export function addStay(map: HeatMap, place: Point, forMs: number): HeatMap {
  const column = Math.floor(place.x / map.cellM);
  const row = Math.floor(place.y / map.cellM);
  if (column < 0 || row < 0 || column >= map.columns || row >= map.rows) return map;
  const cell = row * map.columns + column;
  return { ...map, stayMs: map.stayMs.with(cell, (map.stayMs[cell] ?? 0) + forMs) };
}

/** Where a body touches the floor: the middle of the box's lower edge. */
export function feet({ x, y, width, height }: Box): Point {
  return { x: x + width / 2, y: y + height };
}
