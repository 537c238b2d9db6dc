import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { backendMeasurementSchema, type BackendMeasurement } from '../contract/index.ts';

const FILE = 'vision-backend.json';

/** What the vision page measured to choose its backend, kept so that the next start need not measure again. */
export interface BackendMemory {
  /** `null`: nothing was measured yet. */
  newest(): BackendMeasurement | null;
  remember(measurement: BackendMeasurement): void;
}

/**
 * Opens `vision-backend.json` in the player's data folder. It holds words about the machine and a few milliseconds; without
 * it, or when it cannot be read, the page measures again, which takes seconds.
 *
 * @param onTrouble gets what is wrong when it cannot be written
 */
export async function openBackendMemory(dataDir: string, onTrouble: (message: string) => void): Promise<BackendMemory> {
  const file = join(dataDir, FILE);
  let newest = await read(file);
  let writing = Promise.resolve();

  return {
    newest: () => newest,
    remember(measurement) {
      newest = measurement;
      writing = writing.then(async () => {
        // A power cut in between leaves the old file whole.
        await writeFile(`${file}.new`, `${JSON.stringify(measurement, null, 2)}\n`);
        await rename(`${file}.new`, file);
      }).catch((error: unknown) => onTrouble(`The vision backend that was chosen cannot be kept in ${file} (${String(error)}); it is measured again at the next start.`));
    },
  };
}

async function read(file: string): Promise<BackendMeasurement | null> {
  const text = await readFile(file, 'utf8').catch(() => '');
  try {
    return backendMeasurementSchema.parse(JSON.parse(text));
  } catch {
    // Missing, cut short or from another version: in each case there is nothing to remember.
    return null;
  }
}
