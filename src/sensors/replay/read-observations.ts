import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { describeIssues, LitfassError, observationSchema, type Observation } from '../../contract/index.ts';

/**
 * Reads a recording: one observation a line as JSON, in order of time, perhaps gzipped (`….gz`).
 *
 * @throws LitfassError `recording-missing`, `recording-unreadable`, or `recording-invalid` with file, line and finding.
 */
export async function readObservations(file: string): Promise<readonly Observation[]> {
  const lines = (await readText(file)).split('\n');
  const observations: Observation[] = [];
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '') continue;
    const observation = parse(line, `${file}, line ${index + 1}`);
    const previous = observations.at(-1);
    if (previous && observation.atMs < previous.atMs) throw invalid(`${file}, line ${index + 1}`, `its time ${observation.atMs} ms is before that of the line above, ${previous.atMs} ms`);
    observations.push(observation);
  }
  if (observations.length === 0) throw invalid(file, 'it holds no observation');
  return observations;
}

async function readText(file: string): Promise<string> {
  const bytes = await readFile(file).catch((error: unknown) => {
    throw new LitfassError('recording-missing', `The recording ${file} cannot be read (${String(error)}). Check its path.`, { cause: error });
  });
  if (!file.endsWith('.gz')) return bytes.toString('utf8');
  return await promisify(gunzip)(bytes).then(
    (text) => text.toString('utf8'),
    (error: unknown) => {
      throw new LitfassError('recording-unreadable', `The recording ${file} ends in .gz but is not gzip, or is cut off (${String(error)}).`, { cause: error });
    },
  );
}

function parse(line: string, where: string): Observation {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    throw invalid(where, `it is no JSON (${String(error)})`);
  }
  const observation = observationSchema.safeParse(value);
  if (!observation.success) throw invalid(where, describeIssues(observation.error));
  return observation.data;
}

function invalid(where: string, what: string): LitfassError {
  return new LitfassError('recording-invalid', `The recording is not valid: ${where}: ${what}. Record it again with \`litfass vision CLIP --record FILE\`.`);
}
