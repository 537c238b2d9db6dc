import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LitfassError, signedProgrammeSchema, type Programme } from '../contract/index.ts';
import { storageFault } from '../impressions/index.ts';
import { writeDurably } from './durable-file.ts';
import { parseJson } from './parse-json.ts';
import { verifyProgramme, type VerifiedProgramme } from './verified-programme.ts';

/** The last good programme and the one before it, on disk with their signatures: a screen starts without a network. */
export interface ProgrammeStore {
  active(): VerifiedProgramme | null;
  /** Makes it the one to start with. It is on disk when this resolves. @throws the storage errors of the data folder */
  activate(next: VerifiedProgramme): Promise<void>;
  /** Hashes of all media that the active or the previous programme shows. */
  mediaInUse(): ReadonlySet<string>;
}

export interface ProgrammeStoreOptions {
  /** The data folder. */
  readonly dir: string;
  /** The key pinned at enrolment: what is on disk is verified again, since anybody may have been at it. */
  readonly hubPublicKey: string;
  /** Hears of a stored programme that is not to be trusted; the one before it takes its place. */
  readonly onTrouble: (trouble: LitfassError) => void;
}

/** Loads what is on disk. @throws the storage errors of the data folder, when it cannot be read at all. */
export function openProgrammeStore({ dir, hubPublicKey, onTrouble }: ProgrammeStoreOptions): ProgrammeStore {
  const activeFile = join(dir, 'programme.json');
  const previousFile = join(dir, 'programme-previous.json');

  function load(file: string): VerifiedProgramme | null {
    const text = readIfThere(file);
    if (text === null) return null;
    try {
      const signed = signedProgrammeSchema.safeParse(parseJson(text));
      if (!signed.success) throw new LitfassError('programme-invalid', `${file} is damaged. The programme before it is shown until the hub sends one.`);
      return verifyProgramme(signed.data, hubPublicKey, file);
    } catch (error) {
      if (!(error instanceof LitfassError)) throw error;
      onTrouble(error);
      return null;
    }
  }

  let previous = load(previousFile);
  let active = load(activeFile) ?? previous;

  return {
    active: () => active,
    async activate(next) {
      // The old one is copied, not renamed: at no moment is there no programme to start with.
      if (active !== null) await writeDurably(previousFile, JSON.stringify(active.signed));
      await writeDurably(activeFile, JSON.stringify(next.signed));
      previous = active;
      active = next;
    },
    mediaInUse: () => new Set([...mediaOf(active?.programme), ...mediaOf(previous?.programme)]),
  };
}

function mediaOf(programme: Programme | undefined): string[] {
  return programme?.creatives.map((creative) => creative.sha256) ?? [];
}

function readIfThere(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw storageFault(error, file);
  }
}
