import { LitfassError } from '../../contract/index.ts';
import { HASH_BYTES } from '../tree/index.ts';
import { parseBase64, parseDecimal } from './strict-text.ts';

/** What a log commits to: its first `size` leaves, whose root this is (C2SP tlog-checkpoint). */
export interface Checkpoint {
  readonly origin: string;
  readonly size: number;
  readonly root: Buffer;
}

/** The log of one disk of one screen. Also the name of the key that it signs with. */
export function originOf(screenId: string, epoch: string): string {
  return `litfass/${screenId}/${epoch}`;
}

/** The text that is signed. */
export function formatCheckpoint({ origin, size, root }: Checkpoint): string {
  return `${origin}\n${size}\n${root.toString('base64')}\n`;
}

/**
 * Reads the text of a note as a checkpoint. Extension lines are passed over: they are signed, and say nothing to us.
 *
 * @throws LitfassError `checkpoint-malformed`
 */
export function parseCheckpoint(text: string): Checkpoint {
  const [origin = '', sizeText = '', rootText = '', ...rest] = text.split('\n');
  const size = parseDecimal(sizeText);
  const root = parseBase64(rootText);
  if (origin === '') throw malformed('its first line, the origin, is empty');
  if (size === null) throw malformed(`its second line, "${sizeText.slice(0, 40)}", is no size`);
  if (root?.byteLength !== HASH_BYTES) throw malformed('its third line is no root hash');
  if (rest.at(-1) !== '') throw malformed('its last line has no end');
  if (rest.slice(0, -1).includes('')) throw malformed('it has an empty line');
  return { origin, size, root };
}

function malformed(why: string): LitfassError {
  return new LitfassError('checkpoint-malformed', `This is no checkpoint: ${why}. It was cut, changed, or is another kind of note.`);
}
