import { LitfassError, type ClockReading, type RecordedPlay, type TimelineEntry, type TimelineResponse } from '../../contract/index.ts';
import { listAlarms } from '../repositories/alarms.ts';
import { listLogs } from '../repositories/impression-log.ts';
import { readRows, rowsInTime } from '../repositories/log-rows.ts';
import type { HubDatabase } from '../repositories/schema.ts';
import { readLeaf } from './read-leaf.ts';

/** A change of creative takes less; longer is a dark screen. */
const GAP_MS = 5_000;
const MOST_ROWS = 250_000;

/**
 * What happened at a screen in a time, beside its plays. Rows are read in their order, also those that arrived in that time and
 * tell of another; counted is what the screen's wall clock puts into it, so that no play counts for two days. @throws LitfassError `too-many-rows`
 */
export async function timelineOf(db: HubDatabase, screenId: string, fromMs: number, toMs: number): Promise<TimelineResponse> {
  const entries: TimelineEntry[] = [];
  let plays = 0;
  let shownMs = 0;
  let showing: Showing = null;
  for (const { epoch } of await listLogs(db, screenId)) {
    const range = await rowsInTime(db, { screenId, epoch }, fromMs, toMs);
    if (range === null) continue;
    if (range.to - range.from > MOST_ROWS) throw new LitfassError('too-many-rows', `screen "${screenId}" has ${String(range.to - range.from)} rows in that time. Ask for a shorter one.`);
    const reading = readingOf(epoch, screenId, { fromMs, toMs });
    for (const row of await readRows(db, { screenId, epoch }, range)) reading.row(row.seq, row.leaf);
    const seen = reading.end();
    entries.push(...seen.entries);
    plays += seen.plays;
    shownMs += seen.shownMs;
    showing = spanOf(showing, seen.showing);
  }
  for (const alarm of await listAlarms(db, screenId)) {
    if (alarm.at_ms >= fromMs && alarm.at_ms < toMs) entries.push({ kind: 'alarm', atMs: alarm.at_ms, durationMs: null, clock: null, epoch: alarm.epoch, seq: alarm.seq, text: `${alarm.code}: ${alarm.message}` });
  }
  const touching = entries.filter(({ atMs, durationMs }) => atMs < toMs && atMs + (durationMs ?? 0) >= fromMs);
  return { screenId, fromMs, toMs, plays, shownMs, showing, entries: touching.sort((a, b) => a.atMs - b.atMs) };
}

type Showing = TimelineResponse['showing'];

/** From the earlier beginning to the later end. */
function spanOf(one: Showing, other: Showing): Showing {
  return one === null || other === null ? (one ?? other) : { fromMs: Math.min(one.fromMs, other.fromMs), toMs: Math.max(one.toMs, other.toMs) };
}

/** Reads the leaves of one log in their order. Durations come from the monotonic clock, within one life of the player. */
function readingOf(epoch: string, screenId: string, time: { readonly fromMs: number; readonly toMs: number }) {
  const entries: TimelineEntry[] = [];
  let plays = 0;
  let shownMs = 0;
  let showing: Showing = null;
  let bootId: string | null = null;
  let lastPlay: RecordedPlay | null = null;
  let unseeing: { state: string; atMs: number; monoMs: number; seq: number } | null = null;
  let now: ClockReading = { wallMs: 0, monoMs: 0, quality: 'synced' };

  const add = (kind: TimelineEntry['kind'], atMs: number, seq: number, text: string, durationMs: number | null = null): void => {
    entries.push({ kind, atMs, durationMs, epoch, seq, text, clock: now.quality });
  };

  function endUnseeing(monoMs: number): void {
    if (unseeing !== null) add('blind', unseeing.atMs, unseeing.seq, `the sensor was ${unseeing.state}: nothing was measured`, Math.max(0, monoMs - unseeing.monoMs));
    unseeing = null;
  }

  function play(leaf: RecordedPlay, seq: number): void {
    if (leaf.wallMs >= time.fromMs && leaf.wallMs < time.toMs) {
      plays += 1;
      shownMs += leaf.durationMs;
      showing = spanOf(showing, { fromMs: leaf.wallMs, toMs: leaf.wallMs + leaf.durationMs });
    }
    const sameLife = lastPlay?.bootId === leaf.bootId;
    const darkMs = lastPlay === null ? 0 : sameLife ? leaf.monoMs - lastPlay.monoMs - lastPlay.durationMs : leaf.wallMs - lastPlay.wallMs - lastPlay.durationMs;
    if (lastPlay !== null && darkMs > GAP_MS) add('gap', lastPlay.wallMs + lastPlay.durationMs, seq, sameLife ? 'nothing was on the screen' : 'nothing was on the screen; by the wall clock, across a restart', darkMs);
    if (leaf.endReason === 'crash') add('crash', leaf.wallMs + leaf.durationMs, seq, `the player died while ${leaf.creative.name} was on the screen`);
    lastPlay = leaf;
  }

  return {
    row(seq: number, text: string): void {
      const reading = readLeaf(text, screenId);
      if ('flag' in reading) {
        add('fault', now.wallMs, seq, `row ${String(seq)} is not understood (${reading.flag})`);
        return;
      }
      const { leaf } = reading;
      if (!('windowStartMs' in leaf)) now = { wallMs: leaf.wallMs, monoMs: leaf.monoMs, quality: leaf.clock };
      if (seq === 0) add('new-log', now.wallMs, seq, 'a new log begins: a new disk, or a new installation');
      if (bootId !== null && bootId !== leaf.bootId) {
        endUnseeing(unseeing?.monoMs ?? 0);
        add('restart', now.wallMs, seq, 'the player was started anew');
      }
      bootId = leaf.bootId;
      switch (leaf.type) {
        case 'play':
          play(leaf, seq);
          return;
        case 'fault':
          add('fault', leaf.wallMs, seq, `${leaf.code}: ${leaf.message}`);
          return;
        case 'clock-adjusted':
          add('clock', leaf.wallMs, seq, `the wall clock jumped by ${(leaf.jumpMs / 1_000).toFixed(1)} s`);
          return;
        case 'programme-changed':
          add('programme', leaf.wallMs, seq, `programme ${String(leaf.programmeVersion)} became active`);
          return;
        case 'sensor-state':
          endUnseeing(leaf.monoMs);
          if (leaf.state === 'blind' || leaf.state === 'absent') unseeing = { state: leaf.state, atMs: leaf.wallMs, monoMs: leaf.monoMs, seq };
          return;
        case 'release':
        case 'release-table':
          return;
      }
    },
    end() {
      endUnseeing(now.monoMs);
      return { entries, plays, shownMs, showing };
    },
  };
}
