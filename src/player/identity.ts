import { LitfassError, type Clock, type Random } from '../contract/index.ts';
import type { ImpressionLog } from '../impressions/index.ts';
import { enrol, storedEnrolment, type Enrolment, type ScreenKey, type TroubleListener } from '../sync/index.ts';

/** A screen that belongs to a hub already does not stay dark for one that is away. */
const AGAIN_MS = 2_000;

export interface IdentityOptions {
  readonly log: ImpressionLog;
  readonly key: ScreenKey;
  readonly hubUrl: string;
  readonly pairingCode?: string;
  readonly name: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly signal: AbortSignal;
  readonly onTrouble: TroubleListener;
}

/**
 * Who this screen is. The first time it enrols with a code and waits for the hub as long as it takes. Later it knows; a
 * new address of the hub is taken over (the hub is known by its key), and a code is offered once more, in case the hub
 * forgot, but neither a refusal nor an absent hub keeps the screen from starting.
 *
 * @throws LitfassError `not-enrolled` without enrolment and code, `enrol-refused` when the hub does not take the first code
 */
export async function identify({ pairingCode, ...options }: IdentityOptions): Promise<Enrolment> {
  const { log, hubUrl, signal, onTrouble } = options;
  const known = storedEnrolment(log);
  if (known === null) {
    if (pairingCode === undefined) throw new LitfassError('not-enrolled', `this screen does not belong to a hub yet: start it once with --hub ${hubUrl} and --code, with a pairing code from that hub.`);
    return enrol({ ...options, code: pairingCode });
  }
  if (pairingCode !== undefined) {
    try {
      return await enrol({ ...options, code: pairingCode, signal: AbortSignal.any([signal, AbortSignal.timeout(AGAIN_MS)]) });
    } catch (error) {
      if (signal.aborted) throw error;
      // Whatever it was, what this screen knows is good enough to start with; if the hub forgot it, the uplink will say so.
      onTrouble(null);
    }
  }
  if (known.hubUrl !== hubUrl) keepAddress(log, hubUrl);
  return { ...known, hubUrl };
}

/** It is said anew at each start, and that the disk takes nothing is said by the log. */
function keepAddress(log: ImpressionLog, hubUrl: string): void {
  try {
    log.setSettings({ hubUrl });
  } catch (error) {
    if (!(error instanceof LitfassError)) throw error;
  }
}
