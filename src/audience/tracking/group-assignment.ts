import { assign } from '../assignment.ts';

/**
 * The same best pairing as `assign`, found group by group: people who stand apart cannot take each other's sightings, so each
 * cluster of people is weighed for itself. Most clusters are one person.
 *
 * @param likeness rows×columns, each at least 0; 0 is no pair
 * @returns for each row its column, or `null`
 */
export function assignInGroups(likeness: readonly (readonly number[])[]): readonly (number | null)[] {
  const partners = new Array<number | null>(likeness.length).fill(null);
  const placed = new Uint8Array(likeness.length);
  for (let first = 0; first < likeness.length; first++) {
    if (placed[first]) continue;
    placed[first] = 1;
    const rows = [first];
    const columns: number[] = [];
    // `rows` grows while it is walked through: each row brings its columns, and each column the other rows that want it.
    for (const row of rows) {
      const wanted = likeness[row] ?? [];
      for (let column = 0; column < wanted.length; column++) {
        if ((wanted[column] ?? 0) <= 0 || columns.includes(column)) continue;
        columns.push(column);
        for (let other = 0; other < likeness.length; other++) {
          if (placed[other] || (likeness[other]?.[column] ?? 0) <= 0) continue;
          placed[other] = 1;
          rows.push(other);
        }
      }
    }
    if (rows.length === 1 && columns.length <= 1) {
      partners[first] = columns[0] ?? null;
      continue;
    }
    const chosen = assign(rows.map((row) => columns.map((column) => likeness[row]?.[column] ?? 0)));
    for (const [index, row] of rows.entries()) partners[row] = columns[chosen[index] ?? -1] ?? null;
  }
  return partners;
}
