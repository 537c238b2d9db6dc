/** The day at a place, as days since 1970-01-01 in its own zone. */
export function localDay(wallMs: number, zoneOffsetMin: number): number {
  return Math.floor((wallMs + zoneOffsetMin * 60_000) / 86_400_000);
}
