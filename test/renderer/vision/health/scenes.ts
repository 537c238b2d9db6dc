import { COLUMNS, ROWS, type Thumbnail } from '../../../../renderer/vision/worker/health/thumbnail.ts';

/** A shop as brightness by place: shelves, goods and floor from a seed, always the same for the same one. */
export type Scene = (column: number, row: number) => number;

const shops = new Map<string, Float32Array>();

export function shop(seed: number, shift = 0): Scene {
  const known = shops.get(`${seed} ${shift}`) ?? Float32Array.from({ length: COLUMNS * ROWS }, (_, cell) => shelf(seed, (cell % COLUMNS) + shift, Math.floor(cell / COLUMNS)));
  shops.set(`${seed} ${shift}`, known);
  return (column, row) => known[row * COLUMNS + column] ?? 0;
}

function shelf(seed: number, x: number, row: number): number {
  const goods = 60 * Math.sin((x + seed * 7) / 2.3 + Math.sin(row + seed)) * Math.cos((row * (1 + (seed % 3))) / 2.9 + Math.floor(x / 7) * seed);
  return 120 + goods + 20 * Math.sin((x * seed) / 11);
}

/** The same scene in another light: dimmer, flatter, and with a sensor's noise. */
export function lit(scene: Scene, gain: number, offset = 0): Scene {
  return (column, row) => offset + gain * scene(column, row);
}

/** Somebody in a plain coat who stands before the scene, from `left` to `right` of the columns, up to `top` of the rows. */
export function withPerson(scene: Scene, left: number, right: number, top: number, sway = 0): Scene {
  return (column, row) => (column >= left + sway && column < right + sway && row >= top ? 50 + 15 * Math.sin((column - sway) / 3) + 5 * Math.cos(row) : scene(column, row));
}

let noise = 1;

export function thumbnailOf(scene: Scene, atMs: number, aspect = 16 / 9): Thumbnail {
  // A small congruential generator: tests must not differ from run to run.
  const random = (): number => (noise = (noise * 48_271) % 2_147_483_647) / 2_147_483_647;
  const means = Float32Array.from({ length: COLUMNS * ROWS }, (_, cell) => Math.min(255, Math.max(0, scene(cell % COLUMNS, Math.floor(cell / COLUMNS)))));
  return { atMs, aspect, means, grains: Uint8Array.from(means, (luma) => Math.min(255, Math.max(0, Math.round(luma + 4 * (random() - 0.5))))) };
}
