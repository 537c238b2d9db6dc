import { LitfassError } from '../contract/index.ts';
import { formatCheckpoint, originOf, parseCheckpoint, parseNote, signNote, type Ed25519Signer } from './note/index.ts';
import type { settingTable } from './settings.ts';
import { consistencyPath, EMPTY_ROOT, hashesOf, type ReadTile } from './tree/index.ts';

export interface SigningOptions {
  /** Rows on the disk. */
  readonly size: () => number;
  readonly readTile: ReadTile;
  readonly settings: ReturnType<typeof settingTable>;
  /** For messages. */
  readonly file: string;
}

/** Signs what the log commits to, and never two things that contradict each other. */
export function signing({ size, readTile, settings, file }: SigningOptions) {
  function rootAt(leaves: number): Buffer {
    const [root] = leaves === 0 ? [EMPTY_ROOT] : hashesOf([{ begin: 0, end: leaves }], readTile);
    return root as Buffer;
  }

  /** The tree still begins with everything that was ever signed. */
  function requireConsistent(): number {
    const signed = settings.get('signed');
    if (signed === null) return 0;
    const { size: signedSize, root } = parseCheckpoint(parseNote(signed.note).text);
    if (signedSize > size()) {
      throw new LitfassError('log-went-back', `${file} has ${size()} rows, but ${signedSize} were signed: rows that left this screen are gone from it. Nothing more is signed or sent; move the file to a safe place, then start again with a new log.`);
    }
    if (!rootAt(signedSize).equals(root)) {
      throw new LitfassError('log-corrupt', `The first ${signedSize} rows of ${file} are not those that were signed. The file was left as it is, because it is evidence: move it to a safe place, then start again with a new log.`);
    }
    return signedSize;
  }

  return {
    sign(leaves: number, screenId: string, epoch: string, key: Ed25519Signer): { note: string; isLargest: boolean } {
      if (!(leaves >= 0 && leaves <= size())) throw new RangeError(`a log of ${size()} rows cannot sign for ${leaves}`);
      const isLargest = leaves > requireConsistent();
      const origin = originOf(screenId, epoch);
      return { note: signNote(formatCheckpoint({ origin, size: leaves, root: rootAt(leaves) }), origin, key), isLargest };
    },

    consistencyProof: (from: number, leaves: number): Buffer[] => (from === 0 || from === leaves ? [] : hashesOf(consistencyPath(from, leaves), readTile)),
  };
}
