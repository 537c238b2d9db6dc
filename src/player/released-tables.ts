import type { ClockReading, FloorSums, ReleaseTable, SensorState, TableMetric, Visit } from '../contract/index.ts';
import { cellsOf, createTableStatistics, cryptoUniform, type Site, type TablePolicy, type TableStatistics } from '../statistics/index.ts';
import type { Permits } from './permits.ts';

/** What the installer and the makers of the nets calibrated, as far as a table must know. Names stand in releases. */
export interface CalibratedSite {
  readonly shelves: readonly string[];
  /** `floor-1a2b3c4d`; `null`: not calibrated. */
  readonly floorName: string | null;
  /** `null`: the age and gender net is taken at its word. */
  readonly demographicsName: string | null;
}

export interface ReleasedTablesOptions {
  readonly screenId: string;
  readonly bootId: string;
  readonly permits: () => Permits;
  readonly site: () => CalibratedSite;
  /** End of the newest released window of a table, from the log. */
  readonly lastTableEndMs: (metric: TableMetric) => number;
  /** A table that cannot be released as it is wanted, in words; `null`: all can. */
  readonly onTrouble: (message: string | null) => void;
}

/** All tables that the policy lists and that may be made here and now. The calls are those of `TableStatistics`. */
export interface ReleasedTables {
  /** What the policy lists from now on. */
  follow(tables: readonly TablePolicy[]): void;
  sensor(state: SensorState, now: ClockReading): void;
  visits(visits: readonly Visit[], now: ClockReading): void;
  floor(sums: FloorSums, now: ClockReading): void;
  tick(now: ClockReading): readonly ReleaseTable[];
}

interface OpenTable {
  /** What it depends on; a table of other cells or another basis is another table. */
  readonly key: string;
  readonly statistics: TableStatistics;
}

/** A leaf has 65 535 bytes; what is not cells takes less than this. */
const LEAF_BYTES = 65_535;
const HEAD_BYTES = 1_500;
const VALUE_BYTES = 16;

/**
 * Keeps a table open for as long as its permits hold and its cells stay what they are. Whenever that changes, what was gathered
 * is dropped with the open window, before anything else is added or released.
 */
export function createReleasedTables({ screenId, bootId, permits, site, lastTableEndMs, onTrouble }: ReleasedTablesOptions): ReleasedTables {
  const open = new Map<TableMetric, OpenTable>();
  let wanted: readonly TablePolicy[] = [];
  let floor: Site['floor'] = null;
  let state: SensorState = 'absent';
  let refreshed = '';

  function refresh(now: ClockReading): void {
    const permitted = permits();
    const calibrated = site();
    const circumstances = JSON.stringify([wanted, permitted, calibrated, floor]);
    if (circumstances === refreshed) return;
    refreshed = circumstances;
    const cells: Site = { shelves: calibrated.shelves, floor: calibrated.floorName === null ? null : floor };
    const tooLarge: TableMetric[] = [];
    const keep = new Set<TableMetric>();
    for (const policy of wanted) {
      const { metric } = policy;
      const names = cellsOf(metric, cells);
      if (names.length === 0 || !isPermitted(metric, permitted)) continue;
      if (!fitsLeaf(names)) {
        tooLarge.push(metric);
        continue;
      }
      keep.add(metric);
      const basis = basisOf(metric, calibrated);
      const key = JSON.stringify([policy, names, basis]);
      if (open.get(metric)?.key === key) continue;
      const statistics = createTableStatistics({ policy, site: cells, basis, uniform: cryptoUniform, screenId, bootId, lastWindowEndMs: lastTableEndMs(metric) });
      statistics.sensor(state, now);
      open.set(metric, { key, statistics });
    }
    for (const metric of open.keys()) if (!keep.has(metric)) open.delete(metric);
    onTrouble(tooLarge.length === 0 ? null : `The table ${tooLarge.join(', ')} has too many cells for one leaf of the log and is not released. Calibrate a smaller floor, or take it out of the policy.`);
  }

  function each(now: ClockReading, change: (table: TableStatistics) => void): void {
    refresh(now);
    for (const { statistics } of open.values()) change(statistics);
  }

  return {
    follow(tables) {
      wanted = tables;
    },
    sensor(next, now) {
      state = next;
      each(now, (table) => table.sensor(next, now));
    },
    visits(visits, now) {
      each(now, (table) => {
        for (const visit of visits) table.visitEnded(visit, now);
      });
    },
    floor(sums, now) {
      floor = { columns: sums.columns, rows: sums.rows };
      each(now, (table) => table.floor(sums, now));
    },
    tick(now) {
      const due: ReleaseTable[] = [];
      each(now, (table) => due.push(...table.tick(now)));
      return due;
    },
  };
}

function isPermitted(metric: TableMetric, { camera, demographics, expression }: Permits): boolean {
  if (metric === 'age-band' || metric === 'gender') return demographics;
  return metric === 'smiling' ? expression : camera;
}

/** Which nets and calibrations a table rests on. */
function basisOf(metric: TableMetric, { floorName, demographicsName }: CalibratedSite): string[] {
  if (metric === 'age-band' || metric === 'gender') return ['faceres', ...(demographicsName === null ? [] : [demographicsName])];
  if (metric === 'smiling') return ['emotion'];
  return metric === 'dwell' || floorName === null ? [] : [floorName];
}

function fitsLeaf(cells: readonly string[]): boolean {
  return cells.length <= 4_000 && cells.reduce((sum, cell) => sum + cell.length + VALUE_BYTES, HEAD_BYTES) <= LEAF_BYTES;
}
