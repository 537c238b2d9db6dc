import { COLUMNS, ROWS } from './thumbnail.ts';

/** Cells of a block, each way: 8×4 blocks of 8×9 cells. */
const BLOCK_COLUMNS = 8;
const BLOCK_ROWS = 9;
/** Standard deviation of brightness below which a block shows no pattern that could be known again. */
const MIN_TEXTURE = 3;
/** Correlation below which a block shows something else. The same scene in another light stays above. */
const SAME_PATTERN = 0.5;
/** So many blocks with a pattern are needed to say anything. */
const ENOUGH_BLOCKS = 8;
/** Everywhere: in the left, the right and the upper half of the picture, at least this share of the blocks shows something else. */
const CHANGED_SHARE = 0.5;

interface Block {
  readonly column: number;
  readonly row: number;
  /** Its cells among those of the thumbnail. */
  readonly cells: readonly number[];
}

const BLOCKS: readonly Block[] = Array.from({ length: (COLUMNS / BLOCK_COLUMNS) * (ROWS / BLOCK_ROWS) }, (_, index) => {
  const column = index % (COLUMNS / BLOCK_COLUMNS);
  const row = Math.floor(index / (COLUMNS / BLOCK_COLUMNS));
  const cells = Array.from({ length: BLOCK_COLUMNS * BLOCK_ROWS }, (__, cell) => (row * BLOCK_ROWS + Math.floor(cell / BLOCK_COLUMNS)) * COLUMNS + column * BLOCK_COLUMNS + (cell % BLOCK_COLUMNS));
  return { column, row, cells };
});
/** People fill the lower part of a picture, and one that leans over fills half of it. A camera that moved changes it all. */
const PARTS: readonly ((block: Block) => boolean)[] = [({ column }) => column < COLUMNS / BLOCK_COLUMNS / 2, ({ column }) => column >= COLUMNS / BLOCK_COLUMNS / 2, ({ row }) => row < ROWS / BLOCK_ROWS / 2];

/**
 * Whether two thumbnails show different scenes all over. Blocks are compared by the correlation of their brightness, which
 * neither a lamp nor the camera's exposure changes. `null`: there is too little pattern to tell.
 */
export function sceneChanged(before: ArrayLike<number>, now: ArrayLike<number>): boolean | null {
  const blocks = BLOCKS.map((block) => ({ block, likeness: blockLikeness(before, now, block) })).filter(({ likeness }) => likeness !== null);
  if (blocks.length < ENOUGH_BLOCKS) return null;
  return PARTS.every((part) => {
    const here = blocks.filter(({ block }) => part(block));
    return here.length > 0 && here.filter(({ likeness }) => (likeness ?? 1) < SAME_PATTERN).length >= CHANGED_SHARE * here.length;
  });
}

/** Pearson's correlation of one block; `null` where there was no pattern, or none is left. */
function blockLikeness(before: ArrayLike<number>, now: ArrayLike<number>, { cells }: Block): number | null {
  let [sumBefore, sumNow, both, squaresBefore, squaresNow] = [0, 0, 0, 0, 0];
  for (const cell of cells) {
    const a = before[cell] ?? 0;
    const b = now[cell] ?? 0;
    sumBefore += a;
    sumNow += b;
    both += a * b;
    squaresBefore += a * a;
    squaresNow += b * b;
  }
  const count = cells.length;
  const spreadBefore = squaresBefore / count - (sumBefore / count) ** 2;
  const spreadNow = squaresNow / count - (sumNow / count) ** 2;
  // In the dark every pattern fades: one that is half gone may still be known again, but not one that was hardly there.
  if (spreadBefore < MIN_TEXTURE ** 2 || spreadNow < MIN_TEXTURE ** 2 / 4) return null;
  return (both / count - (sumBefore * sumNow) / count ** 2) / Math.sqrt(spreadBefore * spreadNow);
}
