/** Start of the window that `wallMs` lies in. Windows are whole multiples of their length since 1970 (UTC): the same grid for every screen, known before anybody comes. */
export function windowStartAt(wallMs: number, windowMs: number): number {
  return wallMs - (wallMs % windowMs);
}

/** One window while it is open. It ends with the window, and holds sums alone. */
export interface OpenWindow<Sums> {
  readonly startMs: number;
  readonly endMs: number;
  readonly sums: Sums;
  /** Time in which the sensor was `ok`, whole ms. */
  measuredMs: number;
}

/** Share of the window that was measured, per cent, rounded half up. */
export function coveragePercent(window: OpenWindow<unknown>): number {
  const lengthMs = BigInt(window.endMs - window.startMs);
  const percent = (BigInt(window.measuredMs) * 200n + lengthMs) / (lengthMs * 2n);
  return Number(percent > 100n ? 100n : percent);
}
