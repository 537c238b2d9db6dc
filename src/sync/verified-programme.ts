import { describeIssues, LitfassError, programmeSchema, type Programme, type SignedProgramme } from '../contract/index.ts';
import { verifySignature } from './ed25519.ts';
import { parseJson } from './parse-json.ts';

/** A programme together with the exact signed text that it was read from. */
export interface VerifiedProgramme {
  readonly signed: SignedProgramme;
  readonly programme: Programme;
}

/**
 * Reads a signed programme. The signature comes first: nothing in a text that is not the hub's is even parsed. `from` says
 * in messages where it came from.
 *
 * @throws LitfassError `programme-signature`, `programme-invalid`, `hub-key`
 */
export function verifyProgramme(signed: SignedProgramme, hubPublicKey: string, from: string): VerifiedProgramme {
  if (!verifySignature(hubPublicKey, signed.programme, signed.signature)) {
    throw new LitfassError('programme-signature', `The programme from ${from} is not signed by the hub that this screen was enrolled at. It is not shown; if the hub was set up anew, enrol this screen again.`);
  }
  const programme = programmeSchema.safeParse(parseJson(signed.programme));
  if (!programme.success) {
    throw new LitfassError('programme-invalid', `The programme from ${from} cannot be read: ${describeIssues(programme.error)}. The screen keeps the one it has; correct it, or bring screen and hub to the same version.`);
  }
  return { signed, programme: programme.data };
}
