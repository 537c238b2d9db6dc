/** Where a head points, in one of 512 cells: 32 of yaw by 16 of pitch, 11.25° each, twice the mean error of a head pose. */
export type HeadOrientation = number;

const YAW_CELLS = 32;
const PITCH_CELLS = 16;
export const CELL_DEG = 360 / YAW_CELLS;

/** @param yawDeg any angle, it goes round; @param pitchDeg beyond ±90° counts as ±90° */
export function headOrientation(yawDeg: number, pitchDeg: number): HeadOrientation {
  const yaw = Math.floor((((yawDeg + 180) % 360) + 360) / CELL_DEG) % YAW_CELLS;
  const pitch = Math.min(PITCH_CELLS - 1, Math.max(0, Math.floor((pitchDeg + 90) / CELL_DEG)));
  return pitch * YAW_CELLS + yaw;
}

/** The middle of a cell. */
export function orientationAngles(orientation: HeadOrientation): { readonly yawDeg: number; readonly pitchDeg: number } {
  return { yawDeg: ((orientation % YAW_CELLS) + 0.5) * CELL_DEG - 180, pitchDeg: (Math.floor(orientation / YAW_CELLS) + 0.5) * CELL_DEG - 90 };
}
