import type { FoundPlay, PlayFilter, PlayPosition } from '../repositories/play-search.ts';
import { findPlays } from '../repositories/play-search.ts';
import type { HubDatabase } from '../repositories/schema.ts';
import { clockOf } from './play-clock.ts';

const PAGE = 1_000;

const COLUMNS: readonly (readonly [name: string, value: (play: FoundPlay) => string | number])[] = [
  ['started', (play) => new Date(play.started_ms).toISOString()],
  ['clock', (play) => clockOf(play.leaf).quality],
  ['ahead_of_hub_ms', (play) => clockOf(play.leaf).hubClock?.offsetMs ?? ''],
  ['screen', (play) => play.screen_id],
  ['screen_name', (play) => play.screen_name],
  ['campaign', (play) => play.campaign],
  ['creative', (play) => play.creative_id],
  ['creative_name', (play) => play.creative_name],
  ['planned_ms', (play) => play.planned_ms],
  ['duration_ms', (play) => play.duration_ms],
  ['presented_frames', (play) => play.presented_frames],
  ['end_reason', (play) => play.end_reason],
  ['reason', (play) => play.reason_kind],
  ['play_id', (play) => play.play_id],
  ['epoch', (play) => play.epoch],
  ['seq', (play) => play.seq],
  ['sha256', (play) => play.sha256],
  ['leaf_hash', (play) => play.leaf_hash],
  ['received', (play) => new Date(play.received_ms).toISOString()],
];

/** The plays that a filter finds, newest first, as CSV (RFC 4180), page by page: a year of a chain does not fit into memory. */
export async function* playsCsv(db: HubDatabase, filter: PlayFilter): AsyncGenerator<string, void> {
  yield `${COLUMNS.map(([name]) => name).join(',')}\r\n`;
  let before: PlayPosition | undefined;
  for (;;) {
    const plays = await findPlays(db, filter, before, PAGE);
    yield plays.map((play) => `${COLUMNS.map(([, value]) => cell(value(play))).join(',')}\r\n`).join('');
    const last = plays.at(-1);
    if (last === undefined || plays.length < PAGE) return;
    before = { startedMs: last.started_ms, id: last.id };
  }
}

/** A name that begins like a formula must not become one in somebody's spreadsheet. */
function cell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const harmless = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
