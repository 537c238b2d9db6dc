import type { Box } from '../contract/index.ts';
import { LitfassError } from '../contract/index.ts';

/** One row of a MOTChallenge file. Boxes in pixels, origin top left. */
export interface MotRow {
  /** Counts from 1. */
  readonly frame: number;
  /** −1 where nobody was identified yet, as in a file of detections. */
  readonly id: number;
  readonly box: Box;
  /** A detector's score. In a truth, 0 marks a row that does not count. */
  readonly confidence: number;
}

/** More than ten hours at 25 pictures a second: a larger number is a slip, and would be stepped through picture by picture. */
const MOST_FRAMES = 1_000_000;
/** frame, id, left, top, width, height, confidence; then x, y, z of the world, or class and visibility. */
const FEWEST_COLUMNS = 7;
const MOST_COLUMNS = 10;
const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/**
 * Reads `frame,id,left,top,width,height,confidence,x,y,z`, one box a line, in any order. Columns after the seventh are
 * looked at no further.
 *
 * @param name of the file, for the message
 * @throws LitfassError `mot-line` for the first line that is not such a row, or names an identity twice in one picture
 */
export function readMot(text: string, name: string): readonly MotRow[] {
  const lines = text.split(/\r?\n/);
  // The file ends with its last line's end.
  if (lines.at(-1) === '') lines.pop();
  const seen = new Set<string>();
  return lines.map((line, index) => {
    const refuse = (what: string): never => {
      throw new LitfassError('mot-line', `${name}, line ${index + 1}: ${what}; a row is frame,id,left,top,width,height,confidence,x,y,z.`);
    };
    const row = rowOf(line, refuse);
    const who = `${row.frame} ${row.id}`;
    if (row.id !== -1 && seen.has(who)) refuse(`picture ${row.frame} already has somebody with id ${row.id}`);
    seen.add(who);
    return row;
  });
}

function rowOf(line: string, refuse: (what: string) => never): MotRow {
  const columns = line.split(',').map((column) => column.trim());
  if (columns.length < FEWEST_COLUMNS || columns.length > MOST_COLUMNS) refuse(`${columns.length} columns instead of ${FEWEST_COLUMNS} to ${MOST_COLUMNS}`);
  const numbers = columns.map((column, index) => (DECIMAL.test(column) && Number.isFinite(Number(column)) ? Number(column) : refuse(`column ${index + 1} is "${column}", not a number`)));
  const [frame = 0, id = 0, x = 0, y = 0, width = 0, height = 0, confidence = 0] = numbers;
  if (!Number.isInteger(frame) || frame < 1 || frame > MOST_FRAMES) refuse(`frame is ${frame}, not a whole number from 1 to ${MOST_FRAMES}`);
  if (!Number.isSafeInteger(id) || id < -1) refuse(`id is ${id}, neither a whole number nor -1`);
  if (width <= 0 || height <= 0) refuse(`the box is ${width} wide and ${height} high, not above 0`);
  return { frame, id, box: { x, y, width, height }, confidence };
}

/** Writes rows the way results are handed in: lengths with two decimals, no world coordinates. */
export function writeMot(rows: readonly MotRow[]): string {
  return rows
    .map(({ frame, id, box, confidence }) => `${[frame, id, ...[box.x, box.y, box.width, box.height].map((length) => length.toFixed(2)), confidence, -1, -1, -1].join(',')}\n`)
    .join('');
}

/** Rows by picture. */
export function byFrame(rows: readonly MotRow[]): ReadonlyMap<number, readonly MotRow[]> {
  const frames = new Map<number, MotRow[]>();
  for (const row of rows) {
    const frame = frames.get(row.frame);
    if (frame) frame.push(row);
    else frames.set(row.frame, [row]);
  }
  return frames;
}
