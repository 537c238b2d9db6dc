import { LitfassError } from '../../contract/index.ts';
import { parseCheckpoint, parseNote, parseTlogProof } from '../note/index.ts';
import { leafHash, verifyInclusion } from '../tree/index.ts';
import { checkCheckpoint, cosignedWords, LIMITS, type Pins, type Verdict } from './verdict.ts';

/** Verifies a `.tlog-proof` of one row, whose bytes stand in its extra data. `pins.keys` must hold the key of its log. */
export function verifyTlogProof(text: string, pins: Pins): Verdict {
  try {
    const { extra, index, hashes, checkpoint: note } = parseTlogProof(text);
    if (extra === null) throw new LitfassError('proof-malformed', 'The proof does not hold the row that it is about.');
    const checked = checkCheckpoint(note, parseCheckpoint(parseNote(note).text).origin, pins.keys, pins);
    const { size, root, origin } = checked.checkpoint;
    if (!verifyInclusion(index, size, leafHash(extra), hashes, root)) {
      throw new LitfassError('row-not-included', `Row ${index} is not in the log "${origin}" of ${size} rows: the row, its number or the proof was changed.`);
    }
    return {
      failures: [],
      proven: [`row ${index} stands in the log "${origin}" of ${size} rows, word for word: ${extra.toString('utf8')}`, cosignedWords(checked)],
      notProven: [...(pins.witnesses.length > 0 ? [] : ['that anybody but the screen has seen the checkpoint: give the key of a witness with --witness']), 'that no other rows were taken out: export a bundle for that', ...LIMITS],
    };
  } catch (error) {
    if (error instanceof LitfassError) return { failures: [error.message], proven: [], notProven: [] };
    throw error;
  }
}
