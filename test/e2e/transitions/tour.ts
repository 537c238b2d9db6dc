/**
 * A round trip in which each of `of` things follows each other one exactly once: an Eulerian circuit of the complete directed
 * graph, by Hierholzer's algorithm. Without a thing following itself; `of` must be at least 2.
 *
 * @returns `of * (of - 1)` steps; the first follows the last
 */
export function everyPair(of: number): number[] {
  const left = Array.from({ length: of }, (_, from) => Array.from({ length: of }, (_each, to) => to).filter((to) => to !== from));
  const stack = [0];
  const round: number[] = [];
  for (let at = stack.at(-1); at !== undefined; at = stack.at(-1)) {
    const next = left[at]?.pop();
    if (next === undefined) round.push(stack.pop() ?? 0);
    else stack.push(next);
  }
  return round.reverse().slice(0, -1);
}
