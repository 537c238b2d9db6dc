import { LitfassError, type Clock, type Random } from '../contract/index.ts';
import type { ImpressionLog } from '../impressions/index.ts';
import { enrol, storedEnrolment, type Enrolment, type ScreenKey, type TroubleListener } from '../sync/index.ts';

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
 * Who this screen is: what it was told when it enrolled, or, with a code, what the hub says now.
 *
 * @throws LitfassError `not-enrolled` without either, `enrol-refused` when the hub does not take the code
 */
export async function identify({ pairingCode, ...options }: IdentityOptions): Promise<Enrolment> {
  if (pairingCode !== undefined) return enrol({ ...options, code: pairingCode });
  const known = storedEnrolment(options.log);
  if (known !== null) return known;
  throw new LitfassError('not-enrolled', `this screen does not belong to a hub yet: start it once with --hub ${options.hubUrl} and --code, with a pairing code from that hub.`);
}
