import { setMaxListeners } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { LitfassError, type PairingCode, type Published } from '../contract/index.ts';
import { parseVerifierKey } from '../impressions/index.ts';
import { createApp } from './http/app.ts';
import { openDatabase } from './repositories/database.ts';
import { openKeys } from './repositories/keys.ts';
import { openMediaFiles } from './repositories/media-files.ts';
import { countPlays } from './repositories/plays.ts';
import { explainStorageError } from './repositories/storage-error.ts';
import { createCommands } from './services/commands.ts';
import { openFleet } from './services/fleet.ts';
import { watchFolder } from './services/folder-watch.ts';
import { openMediaLibrary } from './services/media-library.ts';
import { createPairingCode } from './services/pairing-code.ts';
import { createPictures } from './services/pictures.ts';
import { readProgrammeFolder } from './services/programme-folder.ts';
import { openPublisher } from './services/publisher.ts';
import { openScreensBroadcast } from './services/screens-broadcast.ts';
import { startSecondWitness } from './services/second-witness.ts';
import { createWitness } from './services/witness.ts';

/** Contact and status reach the disk this often; a crash loses no more than this of them, and nothing of the impressions. */
const SAVE_FLEET_MS = 10_000;

export interface HubOptions {
  /** Holds everything: `hub.db`, `media/`, `keys/`. Made if it is not there. */
  readonly dataDir: string;
  /** Wall clock, ms since 1970. */
  readonly clock: () => number;
  /** The built console. */
  readonly pagesDir: string;
  /** Takes one line at a time that a person should see: a rewritten log, a full disk. Never holds a secret. */
  readonly notice: (line: string) => void;
  /** A witness beside this hub, that cosigns every screen's checkpoints: C2SP tlog-witness at `<url>/add-checkpoint`. */
  readonly secondWitness?: { readonly url: string; readonly key: string };
  /** Verifier keys of logs of others, which this hub is a witness of. */
  readonly witnessFor?: readonly string[];
}

export interface Hub {
  /** The whole HTTP surface. */
  fetch(request: Request): Promise<Response>;
  /** Opens the console: `<url>/?key=<accessKey>`. A secret. */
  readonly accessKey: string;
  createPairingCode(): Promise<PairingCode>;
  /**
   * Publishes `programme.json` of a folder with its files, if it says anything new.
   *
   * @throws LitfassError `programme-folder`, `programme-invalid`, `media-missing`; what was published before stays.
   */
  publishProgrammeFolder(folder: string): Promise<Published>;
  /** Publishes the folder now and again within a second after each change. A bad edit is one problem, and changes nothing. */
  watchProgrammeFolder(folder: string, listener: ProgrammeListener): Promise<{ close(): void }>;
  /** Plays of a screen that are stored, each counted once. */
  countPlays(screenId: string): Promise<number>;
  close(): Promise<void>;
}

export interface ProgrammeListener {
  readonly published: (programme: Published) => void;
  readonly problem: (error: LitfassError) => void;
}

/**
 * Opens the hub on its data folder.
 *
 * @throws LitfassError `storage-full`, `storage-read-only`, `database-corrupt`, `data-folder`, `data-folder-in-use`, `key-damaged`, and
 *   `key-malformed` for a verifier key
 */
export async function openHub({ dataDir, clock, pagesDir, notice, secondWitness, witnessFor = [] }: HubOptions): Promise<Hub> {
  const witnessedKeys = witnessFor.map(parseVerifierKey);
  const secondKey = secondWitness && parseVerifierKey(secondWitness.key);
  const inWords = (error: unknown): never => {
    throw explainStorageError(error, dataDir);
  };
  await mkdir(dataDir, { recursive: true }).catch(inWords);
  const keys = await openKeys(join(dataDir, 'keys')).catch(inWords);
  const files = await openMediaFiles(join(dataDir, 'media')).catch(inWords);
  const db = await openDatabase(dataDir);
  const library = openMediaLibrary(db, files);
  const publisher = await openPublisher(db, library, keys.signingKey, clock);
  const witness = createWitness(keys);
  const second = secondWitness && secondKey ? startSecondWitness({ db, url: secondWitness.url.replace(/\/+$/, ''), key: secondKey, clock, notice }) : null;
  const fleet = await openFleet(db, clock);
  const broadcast = openScreensBroadcast(() => fleet.view(publisher.currentVersion()), [fleet.changed, publisher.published]);
  const pictures = createPictures(clock);
  const closing = new AbortController();
  // One listener for every open stream is no leak.
  setMaxListeners(0, closing.signal);
  const app = createApp({ db, clock, keys, witness, second, witnessFor: witnessedKeys, fleet, publisher, library, broadcast, commands: createCommands(keys.signingKey, clock, pictures), pictures, pagesDir, dataDir, notice, closing: closing.signal });

  const saveFleet = (): Promise<void> => fleet.save().catch((error: unknown) => notice(`hub: ${lineOf(explainStorageError(error, dataDir))}`));
  const saving = setInterval(() => void saveFleet(), SAVE_FLEET_MS);

  async function publishProgrammeFolder(folder: string): Promise<Published> {
    try {
      return await publisher.publish(await readProgrammeFolder(folder, library));
    } catch (error) {
      throw explainStorageError(error, dataDir);
    }
  }

  return {
    fetch: async (request) => app.fetch(request),
    accessKey: keys.accessKey,
    createPairingCode: () => createPairingCode(db, clock()),
    publishProgrammeFolder,
    async watchProgrammeFolder(folder, listener) {
      let lastProblem = '';
      const publish = async (): Promise<void> => {
        try {
          const programme = await publishProgrammeFolder(folder);
          if (programme.changed || lastProblem !== '') listener.published(programme);
          lastProblem = '';
        } catch (error) {
          if (!(error instanceof LitfassError)) throw error;
          if (error.message !== lastProblem) listener.problem(error);
          lastProblem = error.message;
        }
      };
      const watching = watchFolder(folder, publish, (error) => listener.problem(asLitfassError(error, folder)));
      await publish();
      return watching;
    },
    countPlays: (screenId) => countPlays(db, screenId),
    async close() {
      closing.abort();
      clearInterval(saving);
      broadcast.close();
      await second?.close();
      await saveFleet();
      await db.destroy();
    },
  };
}

function lineOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function asLitfassError(error: unknown, folder: string): LitfassError {
  return error instanceof LitfassError ? error : new LitfassError('programme-folder', `${folder} can no longer be watched: ${lineOf(error)}. Start the hub again once the folder is back.`, { cause: error });
}
