import { LitfassError } from '../../../../src/contract/index.ts';
import { type Bytes, fromBase64 } from './bytes.ts';

/** What a log says of itself at one moment (c2sp.org/tlog-checkpoint). */
export interface Checkpoint {
  readonly origin: string;
  readonly size: bigint;
  readonly root: Bytes;
}

/**
 * Reads a checkpoint from the text of its note. Lines behind the third are extensions; they are signed, and say nothing here.
 *
 * @throws LitfassError `checkpoint-malformed`
 */
export function parseCheckpoint(text: string): Checkpoint {
  if (!text.endsWith('\n')) throw malformed('its last line does not end');
  const [origin, size, root, ...extensions] = text.slice(0, -1).split('\n');
  if (origin === undefined || origin === '') throw malformed('it names no origin');
  // BigInt takes '', ' 12 ', '012' and '0x10'; a size has one spelling.
  if (size === undefined || !/^(?:0|[1-9][0-9]{0,18})$/.test(size)) throw malformed(`its size is "${size ?? ''}"`);
  const rootBytes = fromBase64(root ?? '');
  if (rootBytes?.length !== 32) throw malformed('its root is not 32 bytes in canonical base64');
  if (extensions.includes('')) throw malformed('an extension line is empty');
  return { origin, size: BigInt(size), root: rootBytes };
}

function malformed(what: string): LitfassError {
  return new LitfassError('checkpoint-malformed', `The note holds no checkpoint: ${what}.`);
}
