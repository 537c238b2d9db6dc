import { LitfassError } from '../../contract/index.ts';
import { parseAddCheckpoint, parseCheckpoint, parseNote, type VerifierKey, verifyConsistency, verifyNote } from '../../impressions/index.ts';
import { inTransaction } from '../repositories/database.ts';
import type { HubDatabase } from '../repositories/schema.ts';
import { findWitnessedLog, saveWitnessedLog } from '../repositories/witnessed-logs.ts';
import type { Witness } from './witness.ts';

/** C2SP tlog-witness: what came of a request. `conflict`: the witness knows another size. */
export type WitnessAnswer = { readonly kind: 'cosigned'; readonly cosignature: string } | { readonly kind: 'conflict'; readonly size: number };

/**
 * This hub as a witness of logs that are not its own. Check and record are one transaction, on the disk before the answer: two
 * requests at once must not get signatures for two histories.
 *
 * @param keys of the logs that may be witnessed
 * @throws LitfassError `add-checkpoint-malformed`, `old-too-large`, `unknown-log`, `note-unsigned`, `note-forged`, `witness-fork`
 */
export function addCheckpoint(db: HubDatabase, witness: Witness, keys: readonly VerifierKey[], body: string, nowMs: number): Promise<WitnessAnswer> {
  const { old, proof, checkpoint: note } = parseAddCheckpoint(body);
  const signed = parseNote(note);
  const { origin, size, root } = parseCheckpoint(signed.text);
  const key = keys.find(({ name }) => name === origin);
  if (key === undefined) throw new LitfassError('unknown-log', `this witness does not know the log "${origin}".`);
  verifyNote(signed, [key]);
  if (old > size) throw new LitfassError('old-too-large', `the old size ${String(old)} is above the new one, ${String(size)}.`);

  return inTransaction(db, async (transaction): Promise<WitnessAnswer> => {
    const known = await findWitnessedLog(transaction, origin);
    const knownSize = known?.size ?? 0;
    if (old !== knownSize) return { kind: 'conflict', size: knownSize };
    // From size 0 there is no Merkle proof: the first checkpoint is taken as it is, and with it no hash.
    const follows = knownSize === 0 ? proof.length === 0 : verifyConsistency(knownSize, size, Buffer.from(known?.root ?? '', 'hex'), root, proof);
    if (!follows) throw new LitfassError('witness-fork', `the checkpoint of size ${String(size)} of "${origin}" does not follow from that of size ${String(knownSize)}.`);
    await saveWitnessedLog(transaction, { origin, size, root: root.toString('hex') });
    return { kind: 'cosigned', cosignature: witness.cosign(signed.text, nowMs) };
  });
}
