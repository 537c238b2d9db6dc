/** Something that can be drawn, with a positive integer weight. */
export interface Weighted {
  readonly id: string;
  readonly weight: number;
}

/**
 * The weighted draw. The same candidates and seed always give the same winner, in whatever order they come, so an auditor
 * can repeat it.
 *
 * @param seed unsigned 32 bit
 * @returns the winner and its probability in millionths (at least 1)
 */
export function draw<T extends Weighted>(candidates: readonly [T, ...T[]], seed: number): { winner: T; propensityPpm: number } {
  const sorted = [...candidates].sort((a, b) => (a.id < b.id ? -1 : 1));
  const total = sorted.reduce((sum, candidate) => sum + candidate.weight, 0);
  let mark = uniform(seed) * total;
  let winner = candidates[0];
  for (const candidate of sorted) {
    winner = candidate;
    mark -= candidate.weight;
    if (mark < 0) break;
  }
  return { winner, propensityPpm: Math.max(1, Math.round((1_000_000 * winner.weight) / total)) };
}

/**
 * One uniform number in [0, 1) from a 32-bit seed: the finaliser of SplitMix32 (public domain, after Steele, Lea and Flood,
 * "Fast splittable pseudorandom number generators", 2014, with the constants of MurmurHash3's 32-bit mixer).
 */
export function uniform(seed: number): number {
  let z = (seed + 0x9e37_79b9) | 0;
  z = Math.imul(z ^ (z >>> 16), 0x85eb_ca6b);
  z = Math.imul(z ^ (z >>> 13), 0xc2b2_ae35);
  return ((z ^ (z >>> 16)) >>> 0) / 0x1_0000_0000;
}
