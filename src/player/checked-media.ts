import { examineMedia } from '../content/index.ts';
import { LitfassError, type Creative } from '../contract/index.ts';

export interface CheckedMediaOptions {
  /** Compares the file with its hash. */
  readonly verify: (sha256: string) => Promise<void>;
  readonly path: (sha256: string) => string;
  readonly find: (sha256: string) => Creative | undefined;
}

/** A screen has seen more files than this only over years of programmes; the oldest are looked at again. */
const MOST_KNOWN = 20_000;

/**
 * Looks whether a creative's file may go to the stage: its bytes are those of its hash, and they are something that a screen can
 * show. Once in a life of the process is enough: after that, the operating system would have to change the bytes under us.
 *
 * @returns rejects with a LitfassError: those of the media store, and those of `examineMedia`
 */
export function checkMediaOnce({ verify, path, find }: CheckedMediaOptions): (sha256: string) => Promise<void> {
  const good = new Set<string>();
  return async (sha256) => {
    if (good.has(sha256)) return;
    await verify(sha256);
    const creative = find(sha256);
    if (creative === undefined) throw new LitfassError('media-missing', `${sha256} belongs to no creative of the programme.`);
    await examineMedia(path(sha256), creative.mediaType);
    good.add(sha256);
    const [oldest] = good;
    if (good.size > MOST_KNOWN && oldest !== undefined) good.delete(oldest);
  };
}
