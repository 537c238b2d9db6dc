/** A place or a direction in the shop, metres: x along the screen to the right of the camera's picture, y away from the screen, z up. */
export interface Vector {
  readonly x: number;
  readonly y: number;
  readonly z: number;
}

export function add(a: Vector, b: Vector): Vector {
  return { x: a.x + b.x, y: a.y + b.y, z: a.z + b.z };
}

export function scale({ x, y, z }: Vector, factor: number): Vector {
  return { x: x * factor, y: y * factor, z: z * factor };
}

export function subtract(a: Vector, b: Vector): Vector {
  return { x: a.x - b.x, y: a.y - b.y, z: a.z - b.z };
}

export function dot(a: Vector, b: Vector): number {
  return a.x * b.x + a.y * b.y + a.z * b.z;
}

export function cross(a: Vector, b: Vector): Vector {
  return { x: a.y * b.z - a.z * b.y, y: a.z * b.x - a.x * b.z, z: a.x * b.y - a.y * b.x };
}

export function lengthOf(a: Vector): number {
  return Math.hypot(a.x, a.y, a.z);
}

/** Of length 1, in the same direction. */
export function unit(a: Vector): Vector {
  return scale(a, 1 / lengthOf(a));
}
