import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { LitfassError, type Observation } from '../../contract/index.ts';

export interface Recorder {
  write(observations: readonly Observation[]): Promise<void>;
  /** Resolves when everything is on disk. */
  close(): Promise<void>;
}

/** Four digits after the point are a tenth of a pixel in a picture of 1000, and more than any detector knows. */
const DIGITS = 4;

/**
 * Writes a recording that `readObservations` reads: one observation a line as JSON, gzipped when `file` ends in `.gz`.
 * Numbers are rounded to four digits after the point.
 *
 * @throws LitfassError `recording-unwritable`, from `write` or `close`.
 */
export function recordObservations(file: string): Recorder {
  const lines = new PassThrough();
  let failure: LitfassError | null = null;
  const parts = file.endsWith('.gz') ? [lines, createGzip({ level: 9 }), createWriteStream(file)] : [lines, createWriteStream(file)];
  const written = pipeline(parts).catch((error: unknown) => {
    failure = new LitfassError('recording-unwritable', `The recording ${file} cannot be written (${String(error)}). Check the folder and the free space.`, { cause: error });
  });
  const check = (): void => {
    if (failure) throw failure;
  };
  return {
    async write(observations) {
      check();
      const text = observations.map((observation) => `${JSON.stringify(observation, rounded)}\n`).join('');
      if (text !== '' && !lines.write(text)) await Promise.race([once(lines, 'drain'), written]);
    },
    async close() {
      lines.end();
      await written;
      check();
    },
  };
}

function rounded(_key: string, value: unknown): unknown {
  return typeof value === 'number' ? Number(value.toFixed(DIGITS)) : value;
}
