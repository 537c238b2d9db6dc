/** A point of the drawing: a node of the tree on our way, or a sibling beside it. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface PathShape {
  readonly widthPx: number;
  readonly heightPx: number;
  /** From the leaf (bottom) to the root (top). */
  readonly nodes: readonly Point[];
  /** The sibling of the node with the same number. */
  readonly siblings: readonly Point[];
}

const LEVEL_PX = 46;
const MARGIN_X_PX = 44;
const MARGIN_Y_PX = 26;
/** Widest distance between siblings. */
const SPREAD_PX = 110;

/**
 * Where the nodes of an inclusion path stand when it is drawn as the part of the tree that it is: a parent above the middle of
 * its children, the drawing as wide as given, however crooked the way.
 *
 * @param sides of each sibling, the leaf's first.
 */
export function pathShape(sides: readonly ('left' | 'right')[], widthPx: number): PathShape {
  // In units of half the distance between siblings: a left sibling puts the parent half a step to the left.
  const offsets = [0];
  for (const side of sides) offsets.push((offsets.at(-1) ?? 0) + (side === 'left' ? -1 : 1));
  const reach = sides.map((side, level) => (offsets[level] ?? 0) + (side === 'left' ? -2 : 2));
  const [least, most] = [Math.min(...offsets, ...reach), Math.max(...offsets, ...reach)];
  const unit = Math.min(SPREAD_PX / 2, (widthPx - 2 * MARGIN_X_PX) / Math.max(1, most - least));
  const middle = (least + most) / 2;
  const heightPx = sides.length * LEVEL_PX + 2 * MARGIN_Y_PX;
  const at = (offset: number, level: number): Point => ({ x: widthPx / 2 + (offset - middle) * unit, y: heightPx - MARGIN_Y_PX - level * LEVEL_PX });
  return { widthPx, heightPx, nodes: offsets.map(at), siblings: reach.map(at) };
}
