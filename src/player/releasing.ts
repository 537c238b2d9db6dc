import { LitfassError, type Clock, type FloorSums, type SensorState, type SitePolicy, type Visit } from '../contract/index.ts';
import type { ImpressionLog } from '../impressions/index.ts';
import { createVisitStatistics, cryptoUniform, type VisitStatistics } from '../statistics/index.ts';
import type { Permits } from './permits.ts';
import { createReleasedTables, type CalibratedSite } from './released-tables.ts';
import type { Trouble } from './trouble.ts';

const LOOK_MS = 1_000;

export interface ReleasingOptions {
  readonly log: ImpressionLog;
  readonly clock: Clock;
  readonly screenId: string;
  readonly bootId: string;
  readonly trouble: Trouble;
  readonly permits: () => Permits;
  readonly site: () => CalibratedSite;
}

export interface Releasing {
  /** The policy to count by from now on. */
  follow(policy: SitePolicy['statistics']): void;
  sensor(state: SensorState): void;
  visits(visits: readonly Visit[]): void;
  floor(sums: FloorSums): void;
  close(): void;
}

/** Brings visits into the statistics, and each finished window, noised, into the log. The log is the ledger of releases. */
export function startReleasing({ log, clock, screenId, bootId, trouble, permits, site }: ReleasingOptions): Releasing {
  let statistics: VisitStatistics | null = null;
  let followed = '';
  const tables = createReleasedTables({
    screenId,
    bootId,
    permits,
    site,
    lastTableEndMs: (metric) => log.lastTableEndMs(metric),
    onTrouble: (message) => (message === null ? trouble.over('tables') : trouble.stands('tables', message)),
  });

  function releaseDue(): void {
    const now = clock();
    const due = [...(statistics?.tick(now) ?? []), ...tables.tick(now)];
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
    follow({ tables: listed = [], ...policy }) {
      releaseDue();
      tables.follow(listed);
      // Most programmes change creatives only; a new count would forget the open window.
      if (followed === JSON.stringify(policy)) return;
      followed = JSON.stringify(policy);
      const last = log.lastRelease();
      const lastWindowEndMs = last === null ? 0 : last.windowStartMs + last.windowMs;
      statistics = createVisitStatistics({ policy, uniform: cryptoUniform, screenId, bootId, lastWindowEndMs });
    },
    sensor(state) {
      statistics?.sensor(state, clock());
      tables.sensor(state, clock());
    },
    visits(visits) {
      for (const visit of visits) statistics?.visitEnded(visit, clock());
      tables.visits(visits, clock());
    },
    floor: (sums) => tables.floor(sums, clock()),
    close() {
      clearInterval(timer);
      releaseDue();
    },
  };
}
