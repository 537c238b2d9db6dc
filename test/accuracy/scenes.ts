import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { describeIssues } from '../../src/contract/index.ts';

const seconds = z.number().min(0);

const clipSchema = z.strictObject({
  file: z.string(),
  shows: z.string(),
  people: z.int().min(0),
  /** How many of them looked at the camera. */
  watchers: z.int().min(0).optional(),
  women: z.int().min(0).optional(),
  /** When each person came and left, seconds. */
  visits: z.array(z.tuple([seconds, seconds])).optional(),
  /** The truth was read by eye: each time is good to this. */
  truthGoodToS: seconds.optional(),
});
export type ClipScene = z.infer<typeof clipSchema>;

const sequenceSchema = z.strictObject({ name: z.string(), detections: z.string(), truth: z.string(), fps: z.number().positive() });
export type SequenceScene = z.infer<typeof sequenceSchema>;

const scenesSchema = z.strictObject({ clips: z.array(clipSchema), sequences: z.array(sequenceSchema) });

export interface Scenes {
  readonly clips: readonly ClipScene[];
  readonly sequences: readonly SequenceScene[];
  /** Named in the file and not to be found here. */
  readonly missing: readonly string[];
}

/**
 * Reads a file of scenes with their truth: clips and MOTChallenge sequences, whose paths count from `LITFASS_DATA`, from the
 * file's own folder, or from the folder of development data beside the checkout.
 *
 * @throws Error when the file does not fit its schema
 */
export async function readScenes(file: string): Promise<Scenes> {
  const scenes = scenesSchema.safeParse(JSON.parse(await readFile(file, 'utf8')));
  if (!scenes.success) throw new Error(`${file}: ${describeIssues(scenes.error)}`);
  const roots = [process.env['LITFASS_DATA'], dirname(file), fileURLToPath(new URL('../../../shared/data', import.meta.url))].filter((root) => root !== undefined && root !== '') as string[];
  const missing: string[] = [];
  const find = (path: string): string | null => {
    const found = roots.map((root) => resolve(root, path)).find((each) => existsSync(each));
    if (found === undefined) missing.push(path);
    return found ?? null;
  };
  const clips = scenes.data.clips.flatMap((clip) => {
    const path = find(clip.file);
    return path === null ? [] : [{ ...clip, file: path }];
  });
  const sequences = scenes.data.sequences.flatMap((sequence) => {
    const [detections, truth] = [find(sequence.detections), find(sequence.truth)];
    return detections === null || truth === null ? [] : [{ ...sequence, detections, truth }];
  });
  return { clips, sequences, missing };
}
