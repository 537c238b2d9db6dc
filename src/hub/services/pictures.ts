import { LitfassError, type KeptPicture, type StagePicture } from '../../contract/index.ts';

/** A programme asks for one a minute at the most; a screen that sends more is no screen of ours. */
const SHORTEST_MS = 30_000;

type Picture = KeptPicture & { readonly jpeg: Buffer };

/** The newest picture of each screen's stage. In memory alone: after a restart of the hub the screens send the next one. */
export interface Pictures {
  /** That somebody asked for. */
  asked(screenId: string, base64: string): void;
  /** That the programme asks for. @throws LitfassError `too-many-pictures` */
  scheduled(screenId: string, picture: StagePicture): void;
  newest(screenId: string): Picture | null;
  /** The same without its bytes. */
  about(screenId: string): KeptPicture | null;
}

export function createPictures(clock: () => number): Pictures {
  const kept = new Map<string, Picture>();
  const scheduledMs = new Map<string, number>();
  const keep = (screenId: string, base64: string, taken: KeptPicture['taken']): void => void kept.set(screenId, { jpeg: Buffer.from(base64, 'base64'), arrivedMs: clock(), taken });

  return {
    asked: (screenId, base64) => keep(screenId, base64, null),
    scheduled(screenId, { takenMs, clock: quality, picture }) {
      const sinceMs = clock() - (scheduledMs.get(screenId) ?? Number.NEGATIVE_INFINITY);
      if (sinceMs >= 0 && sinceMs < SHORTEST_MS) throw new LitfassError('too-many-pictures', `screen "${screenId}" sent a picture of its stage ${String(Math.round(sinceMs / 1_000))} s ago. It is taken once in ${String(SHORTEST_MS / 1_000)} s at the most.`);
      scheduledMs.set(screenId, clock());
      keep(screenId, picture, { ms: takenMs, clock: quality });
    },
    newest: (screenId) => kept.get(screenId) ?? null,
    about(screenId) {
      const picture = kept.get(screenId);
      return picture === undefined ? null : { arrivedMs: picture.arrivedMs, taken: picture.taken };
    },
  };
}
