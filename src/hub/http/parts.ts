import type { VerifierKey } from '../../impressions/index.ts';
import type { HubKeys } from '../repositories/keys.ts';
import type { HubDatabase } from '../repositories/schema.ts';
import type { Commands } from '../services/commands.ts';
import type { Fleet } from '../services/fleet.ts';
import type { MediaLibrary } from '../services/media-library.ts';
import type { Pictures } from '../services/pictures.ts';
import type { Publisher } from '../services/publisher.ts';
import type { ScreensBroadcast } from '../services/screens-broadcast.ts';
import type { SecondWitness } from '../services/second-witness.ts';
import type { Witness } from '../services/witness.ts';

/** What the routes stand on; the composition root fills it in. */
export interface HubParts {
  readonly db: HubDatabase;
  /** Wall clock, ms. */
  readonly clock: () => number;
  readonly keys: HubKeys;
  readonly witness: Witness;
  /** The witness beside this hub, if one was configured. */
  readonly second: SecondWitness | null;
  /** Logs of others that this hub is a witness of. */
  readonly witnessFor: readonly VerifierKey[];
  readonly fleet: Fleet;
  readonly publisher: Publisher;
  readonly library: MediaLibrary;
  readonly broadcast: ScreensBroadcast;
  readonly commands: Commands;
  readonly pictures: Pictures;
  /** The built console. */
  readonly pagesDir: string;
  readonly dataDir: string;
  /** One line for the log: something a person should know of. */
  readonly notice: (line: string) => void;
  /** Aborted when the hub closes: ends the streams. */
  readonly closing: AbortSignal;
}
