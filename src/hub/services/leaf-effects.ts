import type { RecordedPlay, Release, ReleaseTable } from '../../contract/index.ts';
import { rememberCreatives } from '../repositories/creatives.ts';
import type { LogKey } from '../repositories/impression-log.ts';
import { addPlaysOnDay, insertPlaysOnce } from '../repositories/plays.ts';
import { insertTableOnce } from '../repositories/release-tables.ts';
import { insertReleaseOnce } from '../repositories/releases.ts';
import type { HubDatabase } from '../repositories/schema.ts';
import { saveZoneOffset } from '../repositories/screens.ts';
import { searchText } from '../repositories/search-text.ts';
import { localDay } from './local-day.ts';

/** A leaf that was understood, and where it stood. */
export interface PlacedLeaf<L> {
  readonly seq: number;
  readonly hash: string;
  readonly leaf: L;
}

/**
 * What plays change here: they can be found, and they count. Only inside the transaction that stores their rows.
 *
 * @returns the sequence numbers of those that were new; the rest had been reported before, and changed nothing.
 */
export async function applyPlays(db: HubDatabase, log: LogKey, placed: readonly PlacedLeaf<RecordedPlay>[], receivedMs: number): Promise<ReadonlySet<number>> {
  const rows = placed.map(({ seq, hash, leaf: { creative, decision, ...play } }) => ({
    screen_id: log.screenId,
    epoch: log.epoch,
    seq,
    play_id: play.playId,
    creative_id: creative.id,
    creative_name: creative.name,
    campaign: creative.campaign,
    kind: creative.kind,
    sha256: creative.sha256,
    started_ms: play.wallMs,
    duration_ms: play.durationMs,
    planned_ms: play.plannedMs,
    presented_frames: play.presentedFrames,
    end_reason: play.endReason,
    reason_kind: decision.reason.kind,
    reason: JSON.stringify(decision.reason),
    received_ms: receivedMs,
    leaf_hash: hash,
    search_text: searchText(`${creative.name}\n${creative.campaign}`),
  }));
  const isNew = await insertPlaysOnce(db, rows);
  const fresh = placed.filter(({ seq }) => isNew.has(seq)).map(({ leaf }) => leaf);

  const days = new Map<number, number>();
  for (const play of fresh) {
    const day = localDay(play.wallMs, play.zoneOffsetMin);
    days.set(day, (days.get(day) ?? 0) + 1);
  }
  for (const [day, plays] of days) await addPlaysOnDay(db, log.screenId, day, plays);
  const last = fresh.at(-1);
  if (last !== undefined) await saveZoneOffset(db, log.screenId, last.zoneOffsetMin);
  await rememberCreatives(db, [...new Map(fresh.map(({ creative }) => [creative.id, creative])).values()]);
  return isNew;
}

/** What released cells change here: they join the sums that people see. @returns as `applyPlays`. */
export async function applyReleases(db: HubDatabase, log: LogKey, placed: readonly PlacedLeaf<Release>[]): Promise<ReadonlySet<number>> {
  const isNew = new Set<number>();
  for (const { seq, leaf } of placed) {
    const inserted = await insertReleaseOnce(db, {
      screen_id: log.screenId,
      window_start_ms: leaf.windowStartMs,
      window_ms: leaf.windowMs,
      bucket: leaf.bucket,
      value: leaf.value,
      epsilon_numerator: leaf.epsilonNumerator,
      epsilon_denominator: leaf.epsilonDenominator,
      coverage_percent: leaf.coveragePercent,
    });
    if (inserted) isNew.add(seq);
  }
  return isNew;
}

/** What released tables change here: they join the sums of the audience page. @returns as `applyPlays`. */
export async function applyTables(db: HubDatabase, log: LogKey, placed: readonly PlacedLeaf<ReleaseTable>[]): Promise<ReadonlySet<number>> {
  const isNew = new Set<number>();
  for (const { seq, leaf } of placed) {
    const inserted = await insertTableOnce(db, {
      screen_id: log.screenId,
      metric: leaf.metric,
      window_start_ms: leaf.windowStartMs,
      window_ms: leaf.windowMs,
      unit: leaf.unit,
      cells: JSON.stringify(leaf.cells),
      cell_values: JSON.stringify(leaf.values),
      per_visit: leaf.perVisit,
      epsilon_numerator: leaf.epsilonNumerator,
      epsilon_denominator: leaf.epsilonDenominator,
      coverage_percent: leaf.coveragePercent,
      basis: JSON.stringify(leaf.basis),
    });
    if (inserted) isNew.add(seq);
  }
  return isNew;
}
