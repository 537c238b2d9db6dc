import { MAIN_ZONE, type Layout, type Programme, type Zone } from '../contract/index.ts';
import type { Almanac } from './schedule/index.ts';

const WHOLE_PANEL: readonly Zone[] = [{ id: MAIN_ZONE, leftPercent: 0, topPercent: 0, widthPercent: 100, heightPercent: 100 }];

/** How the panel is divided now: by the first layout whose schedule holds. */
export function zonesAt(programme: Programme | null, almanac: Almanac, wallMs: number): readonly Zone[] {
  const layout = programme?.layouts?.find(({ schedule }) => schedule === undefined || almanac.holds(schedule, wallMs) !== null);
  return layout === undefined ? WHOLE_PANEL : zonesOf(layout);
}

function zonesOf({ columns, rows, zones }: Layout): readonly Zone[] {
  return zones.map(({ id, column, row, columnSpan, rowSpan }) => ({
    id,
    leftPercent: (100 * (column - 1)) / columns,
    topPercent: (100 * (row - 1)) / rows,
    widthPercent: (100 * columnSpan) / columns,
    heightPercent: (100 * rowSpan) / rows,
  }));
}
