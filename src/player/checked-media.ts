import { examineMedia } from '../content/index.ts';
import { LitfassError, type Creative } from '../contract/index.ts';

export interface CheckedMediaOptions {
  /** Compares the file with its hash. */
  readonly verify: (sha256: string) => Promise<void>;
  readonly path: (sha256: string) => string;
  readonly find: (sha256: string) => Creative | undefined;
  /** Monotonic. */
  readonly nowMs: () => number;
}

/** The files that may go to the stage. */
export interface CheckedMedia {
  /**
   * Looks whether a creative's file may: its bytes are those of its hash, and they are something that a screen can show.
   *
   * @returns rejects with a LitfassError: those of the media store, and those of `examineMedia`
   */
  verify(sha256: string): Promise<void>;
  /** The stage could not show it. Perhaps the disk changed it since: it is looked at again before its next play. */
  doubt(sha256: string): void;
}

/** A screen has seen more files than this only over years of programmes; the oldest are looked at again. */
const MOST_KNOWN = 20_000;
/** A disk that rots does so for months, and not every changed byte makes a file that fails: each file in use is read once a day. */
const GOOD_FOR_MS = 86_400_000;

export function checkedMedia({ verify, path, find, nowMs }: CheckedMediaOptions): CheckedMedia {
  /** When each was found good. */
  const good = new Map<string, number>();
  return {
    async verify(sha256) {
      if (nowMs() - (good.get(sha256) ?? -Infinity) < GOOD_FOR_MS) return;
      good.delete(sha256);
      const atMs = nowMs();
      await verify(sha256);
      const creative = find(sha256);
      if (creative === undefined) throw new LitfassError('media-missing', `${sha256} belongs to no creative of the programme.`);
      await examineMedia(path(sha256), creative.mediaType);
      good.set(sha256, atMs);
      const [oldest] = good.keys();
      if (good.size > MOST_KNOWN && oldest !== undefined) good.delete(oldest);
    },
    doubt: (sha256) => void good.delete(sha256),
  };
}
