import { LitfassError } from '../../contract/index.ts';
import type { Checkpoint } from '../note/index.ts';
import { parseCheckpoint, parseNote, verifyNote, type GoodSignature, type VerifierKey } from '../note/index.ts';

/** What came out of a verification. Nothing failed: then, and only then, what is listed under `proven` is. */
export interface Verdict {
  /** What is wrong, and with which record. */
  readonly failures: readonly string[];
  readonly proven: readonly string[];
  /** What the file cannot show, whatever it says. */
  readonly notProven: readonly string[];
}

/** Keys that the auditor got from somebody else than the exporter of the file. */
export interface Pins {
  readonly keys: readonly VerifierKey[];
  readonly witnesses: readonly VerifierKey[];
}

export interface CheckedCheckpoint {
  readonly checkpoint: Checkpoint;
  readonly cosigned: readonly GoodSignature[];
}

/** What no log can prove, whoever signs it. */
export const LIMITS: readonly string[] = [
  'that nothing was rewritten on the screen before its checkpoint was first cosigned: until then only the screen had it',
  'that light left the panel, or that anybody saw it',
];

/**
 * A checkpoint that its log signed, and every wanted witness too.
 *
 * @throws LitfassError when a signature is missing or bad
 */
export function checkCheckpoint(note: string, origin: string, logKeys: readonly VerifierKey[], pins: Pins, offered: readonly VerifierKey[] = []): CheckedCheckpoint {
  const signed = parseNote(note);
  const checkpoint = parseCheckpoint(signed.text);
  if (checkpoint.origin !== origin) throw new LitfassError('checkpoint-foreign', `The checkpoint is of "${checkpoint.origin}", not of "${origin}".`);
  const own = logKeys.filter(({ name }) => name === origin);
  if (own.length === 0) throw new LitfassError('key-missing', `There is no key for "${origin}". Give it with --key, as the hub's list of logs has it.`);
  const good = verifyNote(signed, [...own, ...pins.witnesses, ...offered]);
  if (!good.some(({ key, timeMs }) => own.includes(key) && timeMs === null)) throw new LitfassError('note-unsigned', `The screen did not sign the checkpoint of "${origin}".`);
  const cosigned = good.filter(({ timeMs }) => timeMs !== null);
  const missing = pins.witnesses.filter((witness) => !cosigned.some(({ key }) => key.publicKey.equals(witness.publicKey) && key.name === witness.name));
  if (missing.length > 0) throw new LitfassError('cosignature-missing', `The witness ${missing.map(({ name }) => name).join(', ')} did not cosign the checkpoint of "${origin}".`);
  return { checkpoint, cosigned };
}

export function cosignedWords({ cosigned }: CheckedCheckpoint): string {
  return cosigned.length === 0 ? 'no witness cosigned it' : cosigned.map(({ key, timeMs }) => `seen by ${key.name} on ${new Date(timeMs ?? 0).toISOString()}`).join(', ');
}
