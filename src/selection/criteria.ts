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
  readonly #standings = new Map<string, Standing>();
  #hysteresis: Hysteresis;

  constructor(hysteresis: Hysteresis) {
    this.#hysteresis = hysteresis;
  }

  /** A new programme brings its own times; what holds now goes on holding. */
  setHysteresis(hysteresis: Hysteresis): void {
    this.#hysteresis = hysteresis;
  }

  /** Takes the newest audience into account for these criteria. Call it for every sample, in order of time. */
  update(criteria: readonly Criterion[], audience: Audience): void {
    for (const criterion of criteria) {
      const key = keyOf(criterion);
      const before = this.#standings.get(key) ?? { holds: false, disagreesSinceMs: null };
      this.#standings.set(key, this.#next(before, isMet(criterion, audience), audience.atMs));
    }
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
