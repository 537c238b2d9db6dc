import { LitfassError } from '../contract/index.ts';

/** Hears what is wrong, and `null` when it is well again. Called at each change, not at each attempt. */
export type TroubleListener = (trouble: LitfassError | null) => void;

export interface Trouble {
  raise(error: unknown): void;
  clear(): void;
}

/** Tells a listener of a trouble once, however many attempts meet it. */
export function createTrouble(listener: TroubleListener): Trouble {
  let told: LitfassError | null = null;
  return {
    raise(error) {
      const trouble = error instanceof LitfassError ? error : new LitfassError('sync-failed', `Synchronisation failed unexpectedly: ${String(error)}. It is tried again; report this if it stays.`, { cause: error });
      if (told?.code === trouble.code && told.message === trouble.message) return;
      told = trouble;
      listener(trouble);
    },
    clear() {
      if (told === null) return;
      told = null;
      listener(null);
    },
  };
}
