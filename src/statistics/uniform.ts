import { randomBytes } from 'node:crypto';

/**
 * U(m): a uniform integer in [0, m), the one source of randomness of a release. An argument everywhere, so that a draw can
 * be replayed from a recorded tape.
 */
export type Uniform = (below: bigint) => bigint;

/**
 * U(m) from the operating system's generator. Draws as many bits as m − 1 has and starts again when they are too large:
 * a remainder (`% m`) would favour small numbers, and noise that is not exactly uniform protects nobody.
 *
 * @throws RangeError unless m is at least 1.
 */
export function cryptoUniform(below: bigint): bigint {
  if (below < 1n) throw new RangeError(`a uniform integer below ${String(below)} does not exist`);
  const largest = below - 1n;
  if (largest === 0n) return 0n;
  const bits = largest.toString(2).length;
  const surplusBits = BigInt((8 - (bits % 8)) % 8);
  for (;;) {
    const drawn = BigInt(`0x${randomBytes(Math.ceil(bits / 8)).toString('hex')}`) >> surplusBits;
    if (drawn < below) return drawn;
  }
}
