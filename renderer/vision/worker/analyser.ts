import type { Observation, VisionSettings } from '../../../src/contract/index.ts';
import { createCutter } from './nets/cutter.ts';
import { estimateDemographics } from './nets/demographics.ts';
import { estimateSmile } from './nets/expression.ts';
import { findFaces } from './nets/faces.ts';
import { measureHead } from './nets/head.ts';
import type { Nets } from './nets/nets.ts';
import { findPeople } from './nets/people.ts';
import { estimatePose } from './nets/pose.ts';
import type { Tensorflow } from './nets/tensorflow.ts';
import { createHealth } from './health/health.ts';
import { createThumbnails } from './health/thumbnail.ts';
import { createFaceWatch } from './face-watch.ts';
import { createPeopleWatch } from './people-watch.ts';
import type { Picture } from './pictures.ts';

/** Larger pictures are scaled down to fit: the detector looks at 256 px, and more pixels only cost time. */
const MAX_WIDTH_PX = 960;
const MAX_HEIGHT_PX = 960;

export interface Analyser {
  /** What one picture says, as numbers. The picture stays the caller's. */
  analyse(picture: Picture): Promise<Observation>;
}

/** Analyses pictures with the nets, and runs each net once, so that the first real picture is as fast as the rest. */
export async function createAnalyser(tf: Tensorflow, nets: Nets, settings: VisionSettings): Promise<Analyser> {
  const onGpu = tf.getBackend() !== 'wasm';
  const canvas = new OffscreenCanvas(MAX_WIDTH_PX, MAX_HEIGHT_PX);
  const context = canvas.getContext('2d', { willReadFrequently: !onGpu, alpha: false });
  if (!context) throw new Error('this browser gives no 2d canvas');
  const cutter = createCutter(tf, canvas, onGpu);
  const thumbnail = createThumbnails();
  const health = createHealth(settings.calibrated);
  const people = createPeopleWatch(tf, nets, cutter, settings);
  const faces = createFaceWatch(tf, nets, cutter, settings);

  const analyse: Analyser['analyse'] = async (picture) => {
    const { atMs } = picture;
    const size = sizeOf(picture);
    if (canvas.width !== size.widthPx || canvas.height !== size.heightPx) [canvas.width, canvas.height] = [size.widthPx, size.heightPx];
    picture.drawOn(context, size.widthPx, size.heightPx);
    const trouble = health(thumbnail(canvas, atMs));
    if (trouble) return { kind: 'sensor', atMs, ...trouble };
    const { bodies, poses, searched } = await people.look(size, atMs);
    // One of the slow nets a picture is enough: faces are followed by short steps.
    const found = await faces.look(size, atMs, !searched);
    return { kind: 'frame', atMs, ...size, faces: found, bodies, ...(poses.length === 0 ? {} : { poses }) };
  };

  const whole = { x: 0, y: 0, width: canvas.width, height: canvas.height };
  const size = { widthPx: canvas.width, heightPx: canvas.height };
  await findFaces(tf, nets.faces, cutter, size);
  await measureHead(tf, nets.head, cutter, whole);
  await findPeople(nets.people, cutter, size);
  if (nets.demographics) await estimateDemographics(nets.demographics, cutter, whole);
  if (nets.expression) await estimateSmile(tf, nets.expression, cutter, whole);
  if (nets.pose) await estimatePose(tf, nets.pose, cutter, whole, size);
  return { analyse };
}

function sizeOf({ widthPx, heightPx }: Picture): { widthPx: number; heightPx: number } {
  const scale = Math.min(1, MAX_WIDTH_PX / widthPx, MAX_HEIGHT_PX / heightPx);
  return { widthPx: Math.max(1, Math.round(widthPx * scale)), heightPx: Math.max(1, Math.round(heightPx * scale)) };
}
