import type { Audience, Criterion } from '../contract/index.ts';
import { measure } from './measure.ts';

/** How long a criterion must hold before it counts, and fail before it no longer counts, ms. */
export interface Hysteresis {
  readonly enterMs: number;
  readonly leaveMs: number;
}

interface Standing {
  readonly holds: boolean;
  /** Since when the measurement has disagreed with `holds`; `null` while it agrees. */
  readonly disagreesSinceMs: number | null;
}

/**
 * Remembers which criteria hold. An estimate flickers (a face is missed, a head turns); without hysteresis the screen
 * would flicker with it.
 */
export class CriteriaMemory {
  #standings: ReadonlyMap<string, Standing> = new Map();
  #criteria: readonly Criterion[] = [];
  #hysteresis: Hysteresis = { enterMs: 0, leaveMs: 0 };

  /**
   * The criteria of a programme, and its times. What holds now goes on holding; what the programme does not ask for is
   * forgotten, or it would hold on old grounds when it is asked for again.
   */
  follow(criteria: readonly Criterion[], hysteresis: Hysteresis): void {
    this.#criteria = criteria;
    this.#hysteresis = hysteresis;
    const asked = new Set(criteria.map(keyOf));
    this.#standings = new Map([...this.#standings].filter(([key]) => asked.has(key)));
  }

  /** Takes the newest audience into account. Call it for every sample, in order of time. */
  update(audience: Audience): void {
    this.#standings = new Map(
      this.#criteria.map((criterion) => {
        const before = this.#standings.get(keyOf(criterion)) ?? { holds: false, disagreesSinceMs: null };
        return [keyOf(criterion), this.#next(before, isMet(criterion, audience), audience.atMs)];
      }),
    );
  }

  holds(criterion: Criterion): boolean {
    return this.#standings.get(keyOf(criterion))?.holds ?? false;
  }

  #next(before: Standing, met: boolean, nowMs: number): Standing {
    if (met === before.holds) return { holds: before.holds, disagreesSinceMs: null };
    const sinceMs = before.disagreesSinceMs ?? nowMs;
    const neededMs = met ? this.#hysteresis.enterMs : this.#hysteresis.leaveMs;
    return nowMs - sinceMs >= neededMs ? { holds: met, disagreesSinceMs: null } : { holds: before.holds, disagreesSinceMs: sinceMs };
  }
}

function isMet(criterion: Criterion, audience: Audience): boolean {
  const value = measure(criterion.metric, audience);
  if (value === null) return false;
  return criterion.condition === 'at-least' ? value >= criterion.value : value <= criterion.value;
}

function keyOf(criterion: Criterion): string {
  return `${criterion.metric} ${criterion.condition} ${criterion.value}`;
}
