import { LitfassError } from '../../contract/index.ts';

/** A programme asks for one a minute at the most; a screen that sends more is no screen of ours. */
const SHORTEST_MS = 30_000;

export interface KeptPicture {
  readonly jpeg: Buffer;
  readonly receivedMs: number;
}

/** The newest picture of each screen's stage. In memory alone: after a restart of the hub the screens send the next one. */
export interface Pictures {
  /** That somebody asked for. */
  asked(screenId: string, jpeg: Buffer): void;
  /** That the programme asks for. @throws LitfassError `too-many-pictures` */
  scheduled(screenId: string, jpeg: Buffer): void;
  newest(screenId: string): KeptPicture | null;
}

export function createPictures(clock: () => number): Pictures {
  const kept = new Map<string, KeptPicture>();
  const scheduledMs = new Map<string, number>();
  const keep = (screenId: string, jpeg: Buffer): void => void kept.set(screenId, { jpeg, receivedMs: clock() });

  return {
    asked: keep,
    scheduled(screenId, jpeg) {
      const sinceMs = clock() - (scheduledMs.get(screenId) ?? Number.NEGATIVE_INFINITY);
      if (sinceMs >= 0 && sinceMs < SHORTEST_MS) throw new LitfassError('too-many-pictures', `screen "${screenId}" sent a picture of its stage ${String(Math.round(sinceMs / 1_000))} s ago. It is taken once in ${String(SHORTEST_MS / 1_000)} s at the most.`);
      scheduledMs.set(screenId, clock());
      keep(screenId, jpeg);
    },
    newest: (screenId) => kept.get(screenId) ?? null,
  };
}
