import { type Creative, faultSchema, programmeSchema, type ReconciliationResponse } from '../../contract/index.ts';
import { faultLeaves, type PlaySum, sumPlays } from '../repositories/play-sums.ts';
import { programmesActive } from '../repositories/programmes.ts';
import type { HubDatabase } from '../repositories/schema.ts';

type Row = ReconciliationResponse['rows'][number];

const CUT_SHORT_WORDS: Readonly<Record<string, string>> = {
  interrupt: 'gave way to a higher tier',
  failed: 'broke while it was on the screen',
  stalled: 'stood still and was taken off',
  stopped: 'the player was stopped',
  crash: 'the player died',
  ended: 'ended by itself before its planned time',
};

/** Poster 2 before poster 10. */
const byName = new Intl.Collator('en', { numeric: true }).compare;

/** What the programmes of a time held, what was shown of it, and why less was shown than planned. By campaign, then by name. */
export async function reconcile(db: HubDatabase, fromMs: number, toMs: number): Promise<ReconciliationResponse> {
  const programmes = (await programmesActive(db, fromMs, toMs)).map(({ programme }) => programmeSchema.parse(JSON.parse(programme)));
  const booked = new Map(programmes.flatMap(({ creatives }) => creatives.map((creative) => [creative.id, creative] as const)));
  const played = Map.groupBy(await sumPlays(db, fromMs, toMs), ({ creative_id }) => creative_id);
  const faults = await countFaults(db, fromMs, toMs);
  const rows = [...new Set([...booked.keys(), ...played.keys()])].map((id) => rowOf(id, booked.get(id), played.get(id) ?? [], faults.get(id) ?? 0));
  return { fromMs, toMs, rows: rows.sort((a, b) => byName(a.campaign, b.campaign) || byName(a.creativeName, b.creativeName)) };
}

function rowOf(creativeId: string, booked: Creative | undefined, sums: readonly PlaySum[], faults: number): Row {
  const total = (field: 'plays' | 'shown_ms' | 'missing_ms'): number => sums.reduce((all, sum) => all + sum[field], 0);
  const cutShort = sums.filter(({ missing_ms }) => missing_ms > 0).map(({ end_reason, plays, missing_ms }) => ({ reason: CUT_SHORT_WORDS[end_reason] ?? end_reason, plays, missingMs: missing_ms }));
  return {
    campaign: booked?.campaign ?? sums[0]?.campaign ?? '',
    creativeId,
    creativeName: booked?.name ?? sums[0]?.creative_name ?? creativeId,
    plays: total('plays'),
    complete: sums.find(({ end_reason }) => end_reason === 'ended')?.plays ?? 0,
    shownMs: total('shown_ms'),
    cutShort,
    faults,
    explanation: explain(booked, total('plays'), total('shown_ms'), total('missing_ms'), faults),
  };
}

function explain(booked: Creative | undefined, plays: number, shownMs: number, missingMs: number, faults: number): string {
  if (booked === undefined) return 'Played, though no programme of this hub held it in this time: a screen that was offline plays on what it has.';
  if (plays === 0 && faults > 0) return 'Booked and never shown: it could not be played.';
  if (plays === 0) return booked.criteria.length > 0 ? 'Booked for an audience that was never there while it could have been shown.' : 'Booked and never drawn: something of a higher tier went first, or no screen was on.';
  if (missingMs === 0) return 'Every play had its planned time.';
  return `${((shownMs / (shownMs + missingMs)) * 100).toFixed(1)} % of the planned time was shown.`;
}

/** By creative. A fault is received after it happened, so older rows need not be read. */
async function countFaults(db: HubDatabase, fromMs: number, toMs: number): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  for (const leaf of await faultLeaves(db, fromMs)) {
    const { wallMs, creativeId } = faultSchema.parse(JSON.parse(leaf));
    if (creativeId !== undefined && wallMs >= fromMs && wallMs < toMs) counts.set(creativeId, (counts.get(creativeId) ?? 0) + 1);
  }
  return counts;
}
