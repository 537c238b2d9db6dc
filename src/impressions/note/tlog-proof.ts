import { LitfassError } from '../../contract/index.ts';
import { HASH_BYTES } from '../tree/index.ts';
import { parseBase64, parseDecimal } from './strict-text.ts';

// One self-contained file for one row (C2SP tlog-proof).

const HEAD = 'c2sp.org/tlog-proof@v1';
const MOST_HASHES = 63;

export interface TlogProof {
  /** The row's exact bytes. The format leaves to us what stands here. */
  readonly extra: Buffer | null;
  readonly index: number;
  readonly hashes: readonly Buffer[];
  /** Signed note. */
  readonly checkpoint: string;
}

export function formatTlogProof({ extra, index, hashes, checkpoint }: TlogProof): string {
  const lines = [HEAD, ...(extra === null ? [] : [`extra ${extra.toString('base64')}`]), `index ${index}`, ...hashes.map((hash) => hash.toString('base64'))];
  return `${lines.join('\n')}\n\n${checkpoint}`;
}

/** @throws LitfassError `proof-malformed`. The checkpoint is not looked at. */
export function parseTlogProof(text: string): TlogProof {
  // The proof itself holds no empty line, the note behind it does.
  const split = text.indexOf('\n\n');
  if (split < 0) throw malformed('there is no empty line before the checkpoint');
  const lines = text.slice(0, split).split('\n');
  if (lines.shift() !== HEAD) throw malformed(`it does not begin with "${HEAD}"`);

  const extraText = lines[0]?.startsWith('extra ') ? lines.shift()?.slice('extra '.length) : undefined;
  const extra = extraText === undefined ? null : parseBase64(extraText);
  if (extraText !== undefined && extra === null) throw malformed('its extra data is not base64');

  const indexLine = lines.shift() ?? '';
  const index = indexLine.startsWith('index ') ? parseDecimal(indexLine.slice('index '.length)) : null;
  if (index === null) throw malformed(`"${indexLine.slice(0, 60)}" is no index`);

  if (lines.length > MOST_HASHES) throw malformed(`it has ${lines.length} hashes, ${MOST_HASHES} are the most`);
  const hashes = lines.map((line, place) => {
    const hash = parseBase64(line);
    if (hash?.byteLength !== HASH_BYTES) throw malformed(`hash ${place + 1} is not 32 bytes in base64`);
    return hash;
  });
  return { extra, index, hashes, checkpoint: text.slice(split + 2) };
}

function malformed(why: string): LitfassError {
  return new LitfassError('proof-malformed', `This is no tlog-proof: ${why}. It was cut, changed, or is another kind of file.`);
}
