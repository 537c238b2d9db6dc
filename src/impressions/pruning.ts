import type { leafTable } from './leaf-table.ts';
import type { settingTable } from './settings.ts';

/** docs/retention.md: how long a leaf stays on the screen after the hub cosigned it. */
const KEPT_DAYS = 30;
const DAY_MS = 86_400_000;
/** A write must not hold up the screen: the rest follows with the next ones. */
const MOST_AT_ONCE = 2_000;

/**
 * Gives up leaves that the hub has had, cosigned, for thirty days. Their hashes stay, so every proof still can be made. Time is
 * the witness', from its cosignatures: the screen's own clock may be anything.
 */
export function pruning(leaves: ReturnType<typeof leafTable>, settings: ReturnType<typeof settingTable>) {
  const prunedBelow = (): number => settings.get('prunedBelow') ?? 0;

  return {
    prunedBelow,

    /** The first `size` rows are acknowledged and were cosigned at `timeMs`. Belongs inside a transaction. */
    cosigned(size: number, timeMs: number): void {
      const days = settings.get('cosignedDays') ?? [];
      const newest = days.at(-1);
      if (newest === undefined || timeMs - newest.timeMs >= DAY_MS) days.push({ size, timeMs });
      const due = days.findLast((day) => timeMs - day.timeMs >= KEPT_DAYS * DAY_MS);
      // A witness whose clock was put back starts a new count.
      settings.put('cosignedDays', days.filter((day) => day.timeMs <= timeMs && day.timeMs >= (due?.timeMs ?? 0)));
      if (due === undefined || due.size <= prunedBelow()) return;
      const to = Math.min(due.size, size, prunedBelow() + MOST_AT_ONCE);
      // The ledger of releases reads the newest one.
      leaves.prune(prunedBelow(), to, settings.get('newestReleaseSeq') ?? -1);
      settings.put('prunedBelow', to);
    },
  };
}
