import { describe, expect, it } from 'vitest';
import { headOf } from '../../../../renderer/vision/worker/nets/head.ts';

const RADIANS = Math.PI / 180;

/** A mesh of which only the four corners of a head are set: turned towards the right edge of the picture, its left ear comes nearer; tilted up, its forehead goes back. */
function meshOf(yawDeg: number, pitchDeg: number): number[] {
  const mesh = Array.from({ length: 468 * 3 }, (_, index): number => (index % 3 === 2 ? 0 : 96));
  const [yaw, pitch] = [yawDeg * RADIANS, pitchDeg * RADIANS];
  const corners = { 10: [0, -60, 0], 152: [0, 60, 0], 234: [-60, 0, 0], 454: [60, 0, 0] } as const;
  for (const [index, [x, y, z]] of Object.entries(corners)) {
    // Around the vertical axis first, then around the axis from ear to ear; depth grows away from the camera.
    const [y1, z1] = [y * Math.cos(pitch) - z * Math.sin(pitch), -y * Math.sin(pitch) + z * Math.cos(pitch)];
    const [x2, z2] = [x * Math.cos(yaw) - z1 * Math.sin(yaw), x * Math.sin(yaw) + z1 * Math.cos(yaw)];
    const at = 3 * Number(index);
    [mesh[at], mesh[at + 1], mesh[at + 2]] = [96 + x2, 96 + y1, z2];
  }
  return mesh;
}

describe('the direction of a head', () => {
  it('is zero for a face towards the camera', () => {
    expect(headOf(meshOf(0, 0))).toMatchObject({ centre: { x: 0.5, y: 0.5 } });
    expect(Math.abs(headOf(meshOf(0, 0)).yawDeg)).toBe(0);
  });

  it.each([[20, 0], [-35, 0], [0, 15], [0, -25], [-30, -20]])('is measured as turned by %i° and tilted by %i°', (yawDeg, pitchDeg) => {
    const head = headOf(meshOf(yawDeg, pitchDeg));
    expect(head.yawDeg).toBeCloseTo(yawDeg, 0);
    expect(head.pitchDeg).toBeCloseTo(pitchDeg, 0);
  });

  it.each([30, -40])('that leans to its side by %i° says so, so that it can be looked at upright', (rollDeg) => {
    const mesh = meshOf(0, 0);
    const [cos, sin] = [Math.cos(rollDeg * RADIANS), Math.sin(rollDeg * RADIANS)];
    for (let at = 0; at < mesh.length; at += 3) {
      const [x, y] = [mesh[at]! - 96, mesh[at + 1]! - 96];
      [mesh[at], mesh[at + 1]] = [96 + x * cos - y * sin, 96 + x * sin + y * cos];
    }
    expect(headOf(mesh).rollDeg).toBeCloseTo(rollDeg, 0);
  });

  it('is where the face points in the picture, however the head leans', () => {
    // Cut out upright, it is turned to its right; it lies on its side, so that is down.
    const lying = headOf(meshOf(30, 0), 90);
    expect(lying.yawDeg).toBeCloseTo(0, 0);
    expect(lying.pitchDeg).toBeCloseTo(-30, 0);
    expect(lying.rollDeg).toBeCloseTo(90, 0);
    expect(headOf(meshOf(0, 0), 25).yawDeg).toBeCloseTo(0, 0);
  });

  it('comes with the middle of the head, which is turned back too', () => {
    const mesh = meshOf(0, 0);
    for (let at = 0; at < mesh.length; at += 3) mesh[at] = (mesh[at] ?? 0) + 19.2;
    const { centre } = headOf(mesh, 90);
    expect(centre.x).toBeCloseTo(0.5, 6);
    expect(centre.y).toBeCloseTo(0.6, 6);
  });

  it('is a number even of a mesh that collapsed or is missing', () => {
    for (const mesh of [[], Array.from({ length: 1404 }, () => 5), Array.from({ length: 1404 }, () => Number.NaN)]) {
      const { yawDeg, pitchDeg, rollDeg, centre } = headOf(mesh);
      expect([yawDeg, pitchDeg, rollDeg, centre.x, centre.y].every(Number.isFinite)).toBe(true);
    }
  });
});
