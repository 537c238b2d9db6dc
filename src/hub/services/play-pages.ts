import { type ImpressionsResponse, type ImpressionView, impressionViewSchema } from '../../contract/index.ts';
import { countFoundPlays, findPlays, type FoundPlay, type PlayFilter, type PlayPosition } from '../repositories/play-search.ts';
import type { HubDatabase } from '../repositories/schema.ts';
import { clockOf } from './play-clock.ts';

/** One page of impressions, newest first, and where the next one begins. `total` counts all that the filter finds. */
export async function pageOfPlays(db: HubDatabase, filter: PlayFilter, page: { before: PlayPosition | undefined; limit: number }): Promise<ImpressionsResponse> {
  const found = await findPlays(db, filter, page.before, page.limit + 1);
  const plays = found.slice(0, page.limit);
  const last = plays.at(-1);
  return {
    total: await countFoundPlays(db, filter),
    rows: plays.map(viewOf),
    nextBefore: found.length > plays.length && last !== undefined ? formatPosition({ startedMs: last.started_ms, id: last.id }) : null,
  };
}

/** A position travels as `<startedMs>.<id>`. @returns `null` for any other text. */
export function parsePosition(text: string): PlayPosition | null {
  const [, startedMs, id] = /^(\d{1,15})\.(\d{1,15})$/.exec(text) ?? [];
  return startedMs === undefined || id === undefined ? null : { startedMs: Number(startedMs), id: Number(id) };
}

function formatPosition({ startedMs, id }: PlayPosition): string {
  return `${String(startedMs)}.${String(id)}`;
}

function viewOf(play: FoundPlay): ImpressionView {
  return impressionViewSchema.parse({
    screenId: play.screen_id,
    screenName: play.screen_name,
    epoch: play.epoch,
    seq: play.seq,
    playId: play.play_id,
    creativeId: play.creative_id,
    creativeName: play.creative_name,
    campaign: play.campaign,
    kind: play.kind,
    sha256: play.sha256,
    startedMs: play.started_ms,
    clock: clockOf(play.leaf).quality,
    durationMs: play.duration_ms,
    plannedMs: play.planned_ms,
    presentedFrames: play.presented_frames,
    endReason: play.end_reason,
    reason: JSON.parse(play.reason) as unknown,
    receivedMs: play.received_ms,
    leafHash: play.leaf_hash,
  });
}
