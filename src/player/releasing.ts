import { LitfassError, type Clock, type SensorState, type SitePolicy, type Visit } from '../contract/index.ts';
import type { ImpressionLog } from '../impressions/index.ts';
import { createVisitStatistics, cryptoUniform, type VisitStatistics } from '../statistics/index.ts';
import type { Trouble } from './trouble.ts';

const LOOK_MS = 1_000;

export interface ReleasingOptions {
  readonly log: ImpressionLog;
  readonly clock: Clock;
  readonly screenId: string;
  readonly bootId: string;
  readonly trouble: Trouble;
}

export interface Releasing {
  /** The policy to count by from now on. */
  follow(policy: SitePolicy['statistics']): void;
  sensor(state: SensorState): void;
  visits(visits: readonly Visit[]): void;
  close(): void;
}

/** Brings visits into the statistics, and each finished cell, noised, into the log. The log is the ledger of releases. */
export function startReleasing({ log, clock, screenId, bootId, trouble }: ReleasingOptions): Releasing {
  let statistics: VisitStatistics | null = null;
  let followed = '';

  function releaseDue(): void {
    const due = statistics?.tick(clock()) ?? [];
    if (due.length === 0) return;
    try {
      log.appendAll(due);
    } catch (error) {
      if (!(error instanceof LitfassError)) throw error;
      trouble.stands('disk', error.message);
    }
  }

  const timer = setInterval(releaseDue, LOOK_MS);
  return {
    follow(policy) {
      // Most programmes change creatives only; a new count would forget the open window.
      if (followed === JSON.stringify(policy)) return;
      followed = JSON.stringify(policy);
      releaseDue();
      const last = log.lastRelease();
      const lastWindowEndMs = last === null ? 0 : last.windowStartMs + last.windowMs;
      statistics = createVisitStatistics({ policy, uniform: cryptoUniform, screenId, bootId, lastWindowEndMs });
    },
    sensor: (state) => statistics?.sensor(state, clock()),
    visits(visits) {
      for (const visit of visits) statistics?.visitEnded(visit, clock());
    },
    close() {
      clearInterval(timer);
      releaseDue();
    },
  };
}
