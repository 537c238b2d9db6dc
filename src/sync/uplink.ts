import { setTimeout as sleep } from 'node:timers/promises';
import { LitfassError, type Random } from '../contract/index.ts';
import type { ImpressionLog } from '../impressions/index.ts';
import { checkCosigned } from './cosigned.ts';
import { HUB_BACK_OFF, type BackOff } from './back-off.ts';
import type { HubClient } from './hub-client.ts';
import { badHubAnswer, HubRefusal } from './hub-errors.ts';
import { ownOffsetMs } from './own-turns.ts';
import { startRounds } from './rounds.ts';
import { createTrouble, type TroubleListener } from './trouble.ts';
import { nextBatch } from './upload-batch.ts';

/** Screens that change creative together, at the full minute, bring their rows over this time, each at its own moment. */
const SPREAD_MS = 5_000;

export interface UplinkOptions {
  readonly log: ImpressionLog;
  readonly hub: HubClient;
  readonly random: Random;
  readonly onTrouble: TroubleListener;
  readonly backOff?: BackOff;
  readonly spreadMs?: number;
}

/**
 * Carries the log to the hub, oldest rows first, within seconds of their writing. Rows count as delivered only when the hub says
 * that it stored them; the hub tells a repeated row by its number, so whatever is lost on the way, each row has its effect
 * once.
 *
 * It stops for good, and says so, where only people can judge: when the hub has other rows than this log under the same numbers
 * (`hub-refused`, 422) or more rows than this log (`hub-ahead`), when a row no longer is what was hashed (`log-corrupt`) or rows
 * that were signed are gone (`log-went-back`), and when the hub lost rows that were given up here (`rows-pruned`).
 * Everything stays in the log.
 */
export interface Uplink {
  /** For a clean stop: sends what is left, for `deadlineMs` at most. Resolves to whether the hub has everything. */
  flush(deadlineMs: number): Promise<boolean>;
  close(): Promise<void>;
}

export function startUplink({ log, hub, random, onTrouble, backOff = HUB_BACK_OFF, spreadMs = SPREAD_MS }: UplinkOptions): Uplink {
  const rounds = startRounds({ round: sendAll, isFinal: onlyPeopleCanJudge, backOff, random, trouble: createTrouble(onTrouble) });
  const ownDelayMs = ownOffsetMs(hub.identity.screenId, spreadMs);
  let waking: NodeJS.Timeout | undefined;
  const stopListening = log.onAppend(() => {
    waking ??= setTimeout(() => {
      waking = undefined;
      rounds.wake();
    }, ownDelayMs);
  });

  async function sendAll(signal: AbortSignal): Promise<void> {
    let gaps = 0;
    let witnessed: string | null = null;
    while (log.acknowledged() < log.size()) {
      const from = log.acknowledged();
      const rows = nextBatch(log, from);
      const size = from + rows.length;
      const checkpoint = log.signCheckpoint(size, hub.identity.screenId, hub.identity.key.signer);
      const proof = log.consistencyProof(from, size).map((hash) => hash.toString('base64'));
      const { outcome, nextSeq, cosigned } = await hub.upload({ epoch: log.epoch, from, rows, checkpoint, proof, ...(witnessed === null ? {} : { witnessed }) }, signal);
      if (nextSeq > log.size()) {
        throw new LitfassError('hub-ahead', `The hub has ${nextSeq} rows of log ${log.epoch}, this screen only ${log.size()}: an old copy of the data folder was put back. Nothing is sent any more; move player.db away and start again with a new log.`);
      }
      gaps = outcome === 'gap' ? gaps + 1 : 0;
      const forward = outcome === 'stored' && nextSeq > from;
      // Going back is right once, when the hub lost rows; a hub that keeps sending us back is broken.
      const back = outcome === 'gap' && nextSeq !== from && gaps === 1;
      if (!forward && !back) throw badHubAnswer('an upload', `it was given the rows from ${from} on, and answers "${outcome}, go on from ${nextSeq}"`);
      witnessed = outcome === 'gap' && nextSeq < from ? log.cosigned() : null;
      const checked = outcome === 'stored' && cosigned !== undefined ? checkCosigned(checkpoint, cosigned, log.setting('hubPublicKey') ?? '') : undefined;
      log.acknowledge(nextSeq, checked);
    }
  }

  return {
    async flush(deadlineMs) {
      const timer = new AbortController();
      const tooLate = sleep(deadlineMs, false, { signal: timer.signal }).catch(() => false);
      await Promise.race([rounds.runNow(), tooLate]);
      timer.abort();
      return log.unsaved() === 0 && log.acknowledged() === log.size();
    },
    async close() {
      stopListening();
      clearTimeout(waking);
      await rounds.close();
    },
  };
}

const FINAL = ['hub-ahead', 'log-corrupt', 'log-went-back', 'rows-pruned'];

function onlyPeopleCanJudge(error: unknown): boolean {
  return error instanceof LitfassError && (FINAL.includes(error.code) || (error instanceof HubRefusal && error.status === 422));
}
