import { LitfassError } from '../contract/index.ts';

/** For a card that wears with each commit: writes are gathered and go to the disk together (docs/decisions/0011). */
export interface GroupCommit {
  /** The longest that a finished leaf waits, ms; at most `LONGEST_GROUP_MS`. */
  readonly everyMs: number;
  /** Hears when the disk refuses a group, and `null` when it has taken one: nobody waits for the answer of a gathered write. */
  readonly onTrouble: (trouble: LitfassError | null) => void;
}

/** A minute is what docs/retention.md says a power cut may take. */
export const LONGEST_GROUP_MS = 60_000;

/** Calls `commit` once, `everyMs` after the first request since the last one; a commit that fails is asked for again. */
export interface GroupTimer {
  request(): void;
  /** What was asked for has been done by another write. */
  done(): void;
}

export function groupTimer({ everyMs, onTrouble }: GroupCommit, commit: () => void): GroupTimer {
  if (!(everyMs > 0 && everyMs <= LONGEST_GROUP_MS)) throw new RangeError(`a group of ${everyMs} ms: more than 0 and at most ${LONGEST_GROUP_MS} are possible`);
  let timer: NodeJS.Timeout | undefined;

  function request(): void {
    timer ??= setTimeout(() => {
      timer = undefined;
      try {
        commit();
        onTrouble(null);
      } catch (error) {
        request();
        if (!(error instanceof LitfassError)) throw error;
        onTrouble(error);
      }
    }, everyMs);
  }

  return {
    request,
    done() {
      clearTimeout(timer);
      timer = undefined;
    },
  };
}
