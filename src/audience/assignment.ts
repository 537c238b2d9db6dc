/**
 * Pairs rows with columns one to one so that the sum of likenesses is the largest possible. A pair of likeness 0 is no pair.
 * The Hungarian method with potentials (Kuhn 1955, Munkres 1957), O(n³).
 *
 * @param likeness rows×columns, each at least 0; need not be square
 * @returns for each row its column, or `null`
 */
export function assign(likeness: readonly (readonly number[])[]): readonly (number | null)[] {
  const rows = likeness.length;
  const columns = Math.max(0, ...likeness.map((row) => row.length));
  const size = Math.max(rows, columns);
  const cost = (row: number, column: number): number => -(likeness[row - 1]?.[column - 1] ?? 0);

  // Index 0 is the usual dummy of this formulation: rows and columns count from 1.
  // Plain arrays: groups of people are small, and a typed array costs more to make than to use.
  const zeros = (): number[] => new Array<number>(size + 1).fill(0);
  const rowPotential = zeros();
  const columnPotential = zeros();
  const rowOf = zeros();
  const cameFrom = zeros();

  for (let row = 1; row <= size; row++) {
    rowOf[0] = row;
    let column = 0;
    const slack = zeros().fill(Number.POSITIVE_INFINITY);
    const visited = zeros();
    do {
      visited[column] = 1;
      const current = at(rowOf, column);
      let step = Number.POSITIVE_INFINITY;
      let next = 0;
      for (let other = 1; other <= size; other++) {
        if (visited[other]) continue;
        const reduced = cost(current, other) - at(rowPotential, current) - at(columnPotential, other);
        if (reduced < at(slack, other)) {
          slack[other] = reduced;
          cameFrom[other] = column;
        }
        if (at(slack, other) < step) {
          step = at(slack, other);
          next = other;
        }
      }
      for (let other = 0; other <= size; other++) {
        if (visited[other]) {
          rowPotential[at(rowOf, other)] = at(rowPotential, at(rowOf, other)) + step;
          columnPotential[other] = at(columnPotential, other) - step;
        } else {
          slack[other] = at(slack, other) - step;
        }
      }
      column = next;
    } while (at(rowOf, column) !== 0);
    // Turn the pairs along the path that was found.
    while (column !== 0) {
      const previous = at(cameFrom, column);
      rowOf[column] = at(rowOf, previous);
      column = previous;
    }
  }

  const partners = new Array<number | null>(rows).fill(null);
  for (let column = 1; column <= columns; column++) {
    const row = at(rowOf, column);
    if (row >= 1 && row <= rows && cost(row, column) < 0) partners[row - 1] = column - 1;
  }
  return partners;
}

function at(values: readonly number[], index: number): number {
  return values[index] ?? 0;
}
