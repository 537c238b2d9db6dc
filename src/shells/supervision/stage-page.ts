import type { Understudy } from '../../player/index.ts';
import type { Look } from '../look.ts';

/** What a shell can do with the page that shoppers see. */
export interface StagePage {
  /** Load it anew in its window. */
  reload(why: string): void;
  /** Away with window and process, and open it anew. */
  reopen(why: string): void;
  /** Open another one that learns unseen what this one shows, and takes its place between two creatives: nobody sees it. */
  replace(why: string, call: (life: string) => Understudy): Promise<void>;
  /** How long ago this life of it was opened or loaded anew, ms; `null` while that is being done. */
  upMs(): number | null;
  /** What stands in the window. Rejects or stays unanswered when the page hangs. */
  look(): Promise<Look>;
  /** What its processes hold, bytes; `null` where nobody tells. */
  memoryBytes(): Promise<number | null>;
  /** Has them let go of all that they keep in case it is wanted again; not every shell can. */
  releaseCaches?(): Promise<void>;
}
