import { AGE_GROUPS, leafSchema, LitfassError, type Audience, type RecordedPlay, type RunReport, type StoredPlays, type Visit } from '../contract/index.ts';
import { attractionRatio, conversionRatio } from '../audience/index.ts';
import type { ImpressionLog } from '../impressions/index.ts';
import type { HubClient } from '../sync/index.ts';

const PAGE_ROWS = 500;

type AudienceSummary = RunReport['audience'];

/** Sums up one run's audience for the run report: a person asked for it, on this machine. Nothing of it is sent or kept. */
export class AudienceSumming {
  #samples = 0;
  #present = 0;
  #maxPresent = 0;
  #watchers = 0;
  #opportunities = 0;
  #converted = 0;
  #dwellMs = 0;
  #attentionMs = 0;
  readonly #expected: Record<string, number> = {};

  sample({ sensor, present, ages, genders }: Audience): void {
    if (sensor !== 'ok') return;
    this.#samples += 1;
    this.#present += present;
    this.#maxPresent = Math.max(this.#maxPresent, present);
    for (const group of [...AGE_GROUPS, 'unknown'] as const) this.#add(`age:${group}`, ages[group]);
    for (const group of ['female', 'male', 'unknown'] as const) this.#add(`gender:${group}`, genders[group]);
  }

  visits(visits: readonly Visit[]): void {
    for (const { watcher, opportunityToSee, dwellMs, attentionMs } of visits) {
      if (watcher) this.#watchers += 1;
      if (opportunityToSee) this.#opportunities += 1;
      if (watcher && opportunityToSee) this.#converted += 1;
      this.#dwellMs += dwellMs;
      this.#attentionMs += attentionMs;
    }
  }

  summary(): AudienceSummary {
    const share = (expected: number): number => (this.#present === 0 ? 0 : Math.round((1000 * expected) / this.#present) / 10);
    return {
      samples: this.#samples,
      maxPresent: this.#maxPresent,
      meanPresent: this.#samples === 0 ? 0 : Math.round((1000 * this.#present) / this.#samples) / 1000,
      watchers: this.#watchers,
      opportunities: this.#opportunities,
      conversionRatio: conversionRatio(this.#converted, this.#opportunities),
      attractionRatio: attractionRatio([{ attentionMs: this.#attentionMs, dwellMs: this.#dwellMs }]),
      groups: Object.fromEntries(Object.entries(this.#expected).map(([group, expected]) => [group, share(expected)])),
    };
  }

  #add(group: string, expected: number): void {
    this.#expected[group] = (this.#expected[group] ?? 0) + expected;
  }
}

export interface Counted {
  readonly log: ImpressionLog;
  /** Row of the log that this run began with. */
  readonly firstSeq: number;
  /** How many plays there were. */
  readonly logged: number;
  readonly hub: Pick<HubClient, 'storedPlays'>;
  /** For the hub's answer, ms; 0: it is not asked. */
  readonly waitMs: number;
}

/**
 * Counts the plays of this run against what the hub says it has of them. A hub that is away, or too slow, has what it
 * acknowledged; the rest is not lost but sent later, and still it is not there now.
 */
export async function countImpressions({ log, firstSeq, logged, hub, waitMs }: Counted): Promise<RunReport['impressions']> {
  const acknowledged = logged - unacknowledgedPlays(log, firstSeq);
  const stored = (waitMs > 0 ? await askHub(hub, log.epoch, firstSeq, AbortSignal.timeout(waitMs)) : null) ?? { plays: acknowledged, repeated: 0 };
  return { logged, acknowledged, lost: logged - stored.plays, duplicated: stored.repeated };
}

async function askHub(hub: Counted['hub'], epoch: string, firstSeq: number, signal: AbortSignal): Promise<StoredPlays | null> {
  try {
    return await hub.storedPlays(epoch, firstSeq, signal);
  } catch (error) {
    if (signal.aborted || error instanceof LitfassError) return null;
    throw error;
  }
}

/** Page by page: after a long outage this is most of the log. */
function unacknowledgedPlays(log: ImpressionLog, firstSeq: number): number {
  let plays = 0;
  for (let from = Math.max(firstSeq, log.acknowledged()); from < log.size(); from += PAGE_ROWS) {
    plays += log.rows(from, PAGE_ROWS).filter(({ leaf }) => leafSchema.parse(JSON.parse(leaf)).type === 'play').length;
  }
  return plays;
}

export function reportedPlay(play: RecordedPlay): RunReport['plays'][number] {
  return {
    creative: play.creative.id,
    reason: play.decision.reason,
    startedAt: new Date(play.wallMs).toISOString(),
    durationMs: play.durationMs,
    presentedFrames: play.presentedFrames,
    endReason: play.endReason,
  };
}
