import { AGE_BANDS, type FloorSums, type TableMetric, type Visit } from '../contract/index.ts';

/** What is fixed before anybody came: what the installer drew and measured. */
export interface Site {
  /** Ids of the shelves, in the order of the calibration. */
  readonly shelves: readonly string[];
  /** The grid on the floor; `null`: not calibrated. */
  readonly floor: Pick<FloorSums, 'columns' | 'rows'> | null;
}

export type FloorMetric = Extract<TableMetric, `floor-${string}`>;
export type VisitMetric = Exclude<TableMetric, FloorMetric>;

export function isFloorMetric(metric: TableMetric): metric is FloorMetric {
  return metric === 'floor-stay' || metric === 'floor-steps';
}

const WHOLE = ['all'];
/** In the order of `FloorSums.steps`. */
const DIRECTIONS = ['left', 'right', 'near', 'far'];

/** Names of a table's cells, in the order of its values. None: this site has nothing to measure it by. */
export function cellsOf(metric: TableMetric, { shelves, floor }: Site): readonly string[] {
  switch (metric) {
    case 'opportunity':
    case 'dwell':
    case 'attention':
    case 'smiling':
      return WHOLE;
    case 'age-band':
      return [...AGE_BANDS, 'unknown'];
    case 'gender':
      return ['female', 'male', 'unknown'];
    case 'zone-looking':
    case 'zone-reach':
      return shelves;
    case 'floor-stay':
      return floorCells(floor);
    case 'floor-steps':
      return floorCells(floor).flatMap((cell) => DIRECTIONS.map((direction) => `${cell}-${direction}`));
  }
}

function floorCells(floor: Site['floor']): string[] {
  if (floor === null) return [];
  return Array.from({ length: floor.columns * floor.rows }, (_, place) => `c${place % floor.columns}r${Math.floor(place / floor.columns)}`);
}

/** What a visit would add to each of the cells, in units of the table, before it is bounded. */
export function partsOf(metric: VisitMetric, visit: Visit, shelves: readonly string[]): readonly number[] {
  const { bands, bandUnknown, genders } = visit.groups;
  const zone = (id: string): Visit['zones'][number] | undefined => visit.zones.find((one) => one.id === id);
  switch (metric) {
    case 'opportunity':
      return [visit.opportunityToSee ? 1 : 0];
    case 'dwell':
      return [visit.dwellMs / 1_000];
    case 'attention':
      return [visit.attentionMs / 1_000];
    case 'smiling':
      return [(visit.smilingMs ?? 0) / 1_000];
    case 'age-band':
      return [...bands, bandUnknown].map((p) => p * 1_000);
    case 'gender':
      return [genders.female, genders.male, genders.unknown].map((p) => p * 1_000);
    case 'zone-looking':
      return shelves.map((id) => (zone(id)?.lookingMs ?? 0) / 1_000);
    case 'zone-reach':
      return shelves.map((id) => zone(id)?.reaches ?? 0);
  }
}
