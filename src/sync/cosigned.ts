import { LitfassError, witnessKeyText, type UploadResponse } from '../contract/index.ts';
import { parseCheckpoint, parseNote, parseVerifierKey, verifyNote, type Cosigned } from '../impressions/index.ts';
import { verifySignature } from './ed25519.ts';

/**
 * Checks that the hub which this screen was enrolled at cosigned the checkpoint, and puts both into one note: the screen's
 * receipt, which it needs before it may give up a row.
 *
 * @throws LitfassError `hub-cosignature`
 */
export function checkCosigned(checkpoint: string, { cosignature, witnessKey, keySignature }: NonNullable<UploadResponse['cosigned']>, hubPublicKey: string): Cosigned {
  if (!verifySignature(hubPublicKey, witnessKeyText(witnessKey), keySignature)) throw bad('its witness key is not signed with the key of the hub that this screen was enrolled at');
  try {
    const key = parseVerifierKey(witnessKey);
    const note = checkpoint + cosignature;
    const [good] = verifyNote(parseNote(note), [key]);
    const { text } = parseNote(note);
    if (text !== parseNote(checkpoint).text) throw bad('it is over another checkpoint.');
    const { size } = parseCheckpoint(text);
    if (good?.timeMs == null) throw bad('it is a signature without a time');
    return { size, note, timeMs: good.timeMs };
  } catch (error) {
    if (error instanceof LitfassError && error.code !== 'hub-cosignature') throw bad(error.message, error);
    throw error;
  }
}

function bad(why: string, cause?: unknown): LitfassError {
  return new LitfassError('hub-cosignature', `The hub stored rows but its cosignature is not good: ${why} They count as not delivered and are sent again. Look into the hub's keys folder.`, { cause });
}
