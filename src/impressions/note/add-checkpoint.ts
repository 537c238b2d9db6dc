import { LitfassError } from '../../contract/index.ts';
import { HASH_BYTES } from '../tree/index.ts';
import { parseBase64, parseDecimal } from './strict-text.ts';

// The body of C2SP tlog-witness' `POST <prefix>/add-checkpoint`.

const MOST_HASHES = 63;

export interface AddCheckpoint {
  /** The size that the witness cosigned last, as the asker believes. */
  readonly old: number;
  readonly proof: readonly Buffer[];
  /** Signed note. */
  readonly checkpoint: string;
}

export function formatAddCheckpoint({ old, proof, checkpoint }: AddCheckpoint): string {
  return `${[`old ${old}`, ...proof.map((hash) => hash.toString('base64'))].join('\n')}\n\n${checkpoint}`;
}

/** @throws LitfassError `add-checkpoint-malformed` */
export function parseAddCheckpoint(body: string): AddCheckpoint {
  const split = body.indexOf('\n\n');
  if (split < 0) throw malformed('there is no empty line before the checkpoint');
  const [oldLine = '', ...lines] = body.slice(0, split).split('\n');
  const old = oldLine.startsWith('old ') ? parseDecimal(oldLine.slice('old '.length)) : null;
  if (old === null) throw malformed(`"${oldLine.slice(0, 60)}" is not "old" and a size`);
  if (lines.length > MOST_HASHES) throw malformed(`it has ${lines.length} hashes, ${MOST_HASHES} are the most`);
  const proof = lines.map((line, place) => {
    const hash = parseBase64(line);
    if (hash?.byteLength !== HASH_BYTES) throw malformed(`hash ${place + 1} is not 32 bytes in base64`);
    return hash;
  });
  return { old, proof, checkpoint: body.slice(split + 2) };
}

function malformed(why: string): LitfassError {
  return new LitfassError('add-checkpoint-malformed', `This is no add-checkpoint request: ${why}. See c2sp.org/tlog-witness.`);
}
