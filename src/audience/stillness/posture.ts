import type { Box } from '../../contract/index.ts';

/** How one face or body was seen: middle and size of its box in picture heights, and a head's angles in degrees. */
export interface Posture {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly yawDeg: number | null;
  readonly pitchDeg: number | null;
}

/** How far two postures of something that does not move may differ. */
export interface Tolerance {
  /** Of the middle, as a share of the height. */
  readonly place: number;
  /** Of width and height, as a share of the height. */
  readonly size: number;
  readonly angleDeg: number;
}

export function postureOf({ x, y, width, height }: Box, head: { readonly yawDeg: number | null; readonly pitchDeg: number | null } | null): Posture {
  return { x: x + width / 2, y: y + height / 2, width, height, yawDeg: head?.yawDeg ?? null, pitchDeg: head?.pitchDeg ?? null };
}

/** How far two postures are apart: up to 1 is within the tolerance. */
export function apart(a: Posture, b: Posture, { place, size, angleDeg }: Tolerance): number {
  const height = Math.max(a.height, b.height);
  const turn = (one: number | null, other: number | null): number => (one === null || other === null ? 0 : Math.abs(one - other) / angleDeg);
  return Math.max(
    Math.abs(a.x - b.x) / height / place,
    Math.abs(a.y - b.y) / height / place,
    Math.abs(a.width - b.width) / height / size,
    Math.abs(a.height - b.height) / height / size,
    turn(a.yawDeg, b.yawDeg),
    turn(a.pitchDeg, b.pitchDeg),
  );
}

/** The median of each figure: somebody who passes in front for a moment does not move it. */
export function medianPosture(postures: readonly Posture[]): Posture {
  const of = (figure: (posture: Posture) => number | null): number | null => {
    const sorted = postures.map(figure).filter((value) => value !== null).sort((a, b) => a - b);
    return sorted[Math.floor(sorted.length / 2)] ?? null;
  };
  return { x: of(({ x }) => x) ?? 0, y: of(({ y }) => y) ?? 0, width: of(({ width }) => width) ?? 0, height: of(({ height }) => height) ?? 0, yawDeg: of(({ yawDeg }) => yawDeg), pitchDeg: of(({ pitchDeg }) => pitchDeg) };
}
