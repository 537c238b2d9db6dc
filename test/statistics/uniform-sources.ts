import type { Uniform } from '../../src/statistics/index.ts';

/** U(m) from a fixed seed (splitmix64, https://prng.di.unimi.it/splitmix64.c), so that a test about chances never wavers. */
export function seededUniform(seed: bigint): Uniform {
  let state = seed;
  const word = (): bigint => {
    state = BigInt.asUintN(64, state + 0x9e3779b97f4a7c15n);
    let mixed = BigInt.asUintN(64, (state ^ (state >> 30n)) * 0xbf58476d1ce4e5b9n);
    mixed = BigInt.asUintN(64, (mixed ^ (mixed >> 27n)) * 0x94d049bb133111ebn);
    return mixed ^ (mixed >> 31n);
  };
  return (below) => {
    if (below === 1n) return 0n;
    const fair = (1n << 64n) - ((1n << 64n) % below);
    for (;;) {
      const drawn = word();
      if (drawn < fair) return drawn % below;
    }
  };
}

/** Replays a list of draws [m, value], and insists on being asked for just these m. */
export function recordedUniform(tape: readonly (readonly [number, number])[]): { uniform: Uniform; unplayed: () => number } {
  let next = 0;
  return {
    uniform(below) {
      const [m, value] = tape[next] ?? [];
      if (m === undefined || value === undefined) throw new Error(`draw ${next} below ${String(below)} is beyond the end of the tape`);
      if (BigInt(m) !== below) throw new Error(`draw ${next} is below ${String(below)}, the tape has ${m}`);
      next++;
      return BigInt(value);
    },
    unplayed: () => tape.length - next,
  };
}

/** The largest value each time makes discreteLaplace(1) zero (the first tape, over and over). */
export const noNoise: Uniform = (below) => below - 1n;
