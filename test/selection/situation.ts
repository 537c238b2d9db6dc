import type { Criterion } from '../../src/contract/index.ts';
import { Almanac, CriteriaMemory, PlaylistOrder, type Situation } from '../../src/selection/index.ts';
import { people } from '../programme-fixture.ts';

/** A screen in Berlin that has shown nothing yet, with so many people before it. */
export function situationWith(criteria: readonly Criterion[], present: number, over: Partial<Situation> = {}): Situation {
  const memory = new CriteriaMemory();
  memory.follow(criteria, { enterMs: 0, leaveMs: 0 });
  memory.update(people(present, 0));
  return {
    nowMs: 100_000,
    wallMs: Date.UTC(2026, 5, 3, 10),
    almanac: new Almanac('Europe/Berlin'),
    criteria: memory,
    lastShownMs: new Map(),
    lastCreativeId: null,
    setAside: new Set(),
    turns: new Map(),
    row: null,
    order: new PlaylistOrder('test'),
    ...over,
  };
}
