import { floorAt, inPicture, type CameraPlace } from '../../src/audience/index.ts';
import type { Calibration } from '../../src/contract/index.ts';

export interface Spot {
  readonly x: number;
  readonly y: number;
}
/** Places in the picture, one after the other; what lies behind the camera is left out, so that a line may come in pieces. */
export type Line = readonly Spot[];

/** Half the width of the drawn floor, and how far it goes: as far as anybody is told apart. */
const ASIDE_M = 6;
const AWAY_M = 12;
/** A straight line on the floor is straight in the picture; it is cut so that only its hidden part is lost. */
const PIECE_M = 0.25;
const ARC_STEPS = 24;

/** Lines on the floor, one metre apart, measured from below the middle of the panel. */
export function metreGrid(camera: CameraPlace): readonly Line[] {
  const lines: Line[] = [];
  for (let x = -ASIDE_M; x <= ASIDE_M; x += 1) lines.push(...alongFloor(camera, { x, y: 0 }, { x, y: AWAY_M }));
  for (let y = 0; y <= AWAY_M; y += 1) lines.push(...alongFloor(camera, { x: -ASIDE_M, y }, { x: ASIDE_M, y }));
  return lines;
}

/** The outline of the sector from which the panel can be seen. */
export function exposureSector(camera: CameraPlace, { nearestM, furthestM, halfAngleDeg }: Calibration['exposure']): readonly Line[] {
  const at = (radius: number, part: number): Spot => {
    const angle = ((2 * part - 1) * halfAngleDeg * Math.PI) / 180;
    return { x: radius * Math.sin(angle), y: radius * Math.cos(angle) };
  };
  const arc = (radius: number): Spot[] => Array.from({ length: ARC_STEPS + 1 }, (_, step) => at(radius, step / ARC_STEPS));
  const [near, far] = [arc(nearestM), arc(furthestM)];
  return [...pieces(camera, near), ...pieces(camera, far), ...alongFloor(camera, at(nearestM, 0), at(furthestM, 0)), ...alongFloor(camera, at(nearestM, 1), at(furthestM, 1))];
}

/** Metres from below the panel to a place in the picture; `null` above the horizon. */
export function distanceTo(camera: CameraPlace, picture: Spot): number | null {
  const place = floorAt(camera, picture);
  return place && Math.hypot(place.x, place.y);
}

function alongFloor(camera: CameraPlace, from: Spot, to: Spot): Line[] {
  const count = Math.max(1, Math.ceil(Math.hypot(to.x - from.x, to.y - from.y) / PIECE_M));
  return pieces(camera, Array.from({ length: count + 1 }, (_, step) => ({ x: from.x + ((to.x - from.x) * step) / count, y: from.y + ((to.y - from.y) * step) / count })));
}

function pieces(camera: CameraPlace, floor: readonly Spot[]): Line[] {
  const lines: Spot[][] = [[]];
  for (const { x, y } of floor) {
    const seen = inPicture(camera, { x, y, z: 0 });
    // Far beside the picture, numbers grow without bound, and nothing is to be seen.
    if (seen === null || Math.abs(seen.x - 0.5) > 4 || Math.abs(seen.y - 0.5) > 4) lines.push([]);
    else lines.at(-1)?.push(seen);
  }
  return lines.filter((line) => line.length > 1);
}
