import { readFile } from 'node:fs/promises';
import { byFrame, compare, createSort, createTracker, readMot, scoreClear, scoreHota, scoreIdentity } from '../../src/audience/index.ts';
import type { SequenceScene } from './scenes.ts';

export interface SequenceResult {
  readonly scene: SequenceScene;
  readonly rows: readonly { readonly tracker: string; readonly scores: Readonly<Record<string, number>> }[];
}

/** Both trackers over a sequence's detections, scored against its truth. */
export async function runSequence(scene: SequenceScene): Promise<SequenceResult> {
  const read = async (file: string) => readMot(await readFile(file, 'utf8'), file);
  const detections = byFrame(await read(scene.detections));
  const truth = byFrame((await read(scene.truth)).filter(({ confidence }) => confidence !== 0));
  const frames = Math.max(...detections.keys());
  const rows = Object.entries({ 'SORT, as published': createSort(), 'default': createTracker() }).map(([tracker, follow]) => {
    const boxes = Array.from({ length: frames }, (_, index) => {
      const found = (detections.get(index + 1) ?? []).map(({ box, confidence }) => ({ box, score: confidence }));
      return follow.step((1000 * index) / scene.fps, found).map(({ id, box }) => ({ frame: index + 1, id, box, confidence: 1 }));
    }).flat();
    const comparison = compare(truth, byFrame(boxes));
    return { tracker, scores: { ...scoreHota(comparison), ...scoreIdentity(comparison), ...scoreClear(comparison) } };
  });
  return { scene, rows };
}
