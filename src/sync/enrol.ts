import { setTimeout as sleep } from 'node:timers/promises';
import { enrolResponseSchema, LitfassError, type Clock, type EnrolRequest, type EnrolResponse, type Random } from '../contract/index.ts';
import type { ImpressionLog } from '../impressions/index.ts';
import { backOffMs, type BackOff } from './back-off.ts';
import { createHubConnection, type HubConnection } from './hub-connection.ts';
import { HubRefusal, retryAfterMs } from './hub-errors.ts';
import { jsonOf } from './json-answer.ts';
import type { ScreenKey } from './screen-key.ts';
import { createTrouble, type TroubleListener } from './trouble.ts';

const ANSWER_MS = 15_000;
const MAX_ANSWER_BYTES = 64 * 1024;
/** Somebody stands in front of the screen and waits. */
const BACK_OFF: BackOff = { baseMs: 2_000, capMs: 60_000 };

/** Where this screen belongs, and whose programmes it shows. */
export interface Enrolment {
  readonly hubUrl: string;
  readonly screenId: string;
  readonly hubPublicKey: string;
}

export interface EnrolOptions {
  /** Keeps the enrolment. */
  readonly log: ImpressionLog;
  readonly hubUrl: string;
  /** Pairing code, from the hub's console. */
  readonly code: string;
  /** What people call this screen. */
  readonly name: string;
  readonly key: ScreenKey;
  readonly clock: Clock;
  readonly random: Random;
  readonly signal: AbortSignal;
  /** Hears why it is not enrolled yet, while it keeps trying. */
  readonly onTrouble: TroubleListener;
  readonly backOff?: BackOff;
  readonly fetch?: typeof globalThis.fetch;
}

/** The enrolment on disk, or `null`: then the screen plays what it has and keeps its log to itself. */
export function storedEnrolment(log: ImpressionLog): Enrolment | null {
  const [hubUrl, screenId, hubPublicKey] = [log.setting('hubUrl'), log.setting('screenId'), log.setting('hubPublicKey')];
  return hubUrl === null || screenId === null || hubPublicKey === null ? null : { hubUrl, screenId, hubPublicKey };
}

/**
 * Makes this screen known to a hub, and pins the hub's key. Asking again with the same hub and code gives the same enrolment
 * without a network, so it may stand in every start. While the hub is away or unwell it keeps trying.
 *
 * @throws LitfassError `enrol-refused` when the hub does not take the code or the name; the signal's reason when aborted.
 */
export async function enrol(options: EnrolOptions): Promise<Enrolment> {
  const { log, hubUrl, code, name, key, clock, random, signal, onTrouble, backOff = BACK_OFF, fetch } = options;
  const stored = storedEnrolment(log);
  if (stored?.hubUrl === hubUrl && log.setting('pairingCode') === code) return stored;

  const connection = createHubConnection({ hubUrl, clock, ...(fetch && { fetch }) });
  const trouble = createTrouble(onTrouble);
  for (let failures = 1; ; failures++) {
    try {
      const { screenId, hubPublicKey } = await ask(connection, { code, name, publicKey: key.publicKey }, signal);
      // Versions are counted by the hub: those of another one say nothing.
      const sameHub = stored?.hubPublicKey === hubPublicKey;
      log.setSettings({ hubUrl, screenId, hubPublicKey, pairingCode: code, ...(!sameHub && { highestProgrammeVersion: 0 }) });
      trouble.clear();
      return { hubUrl, screenId, hubPublicKey };
    } catch (error) {
      if (signal.aborted) throw error;
      if (error instanceof HubRefusal && isFinal(error.status)) {
        throw new LitfassError('enrol-refused', `The hub at ${hubUrl} does not enrol this screen: ${error.problem?.message ?? `it answered ${error.status}`}`, { cause: error });
      }
      trouble.raise(error);
      await sleep(Math.max(backOffMs(failures, backOff, random), retryAfterMs(error)), undefined, { signal });
    }
  }
}

async function ask(connection: HubConnection, request: EnrolRequest, signal: AbortSignal): Promise<EnrolResponse> {
  const path = '/v1/enrol';
  const answer = await connection.request({ method: 'POST', path, body: JSON.stringify(request), accept: [200], silenceMs: ANSWER_MS, signal });
  return jsonOf(answer, path, enrolResponseSchema, MAX_ANSWER_BYTES);
}

/** Our own mistake stays one; 408 and 429 only ask for time. */
function isFinal(status: number): boolean {
  return status >= 400 && status < 500 && status !== 408 && status !== 429;
}
