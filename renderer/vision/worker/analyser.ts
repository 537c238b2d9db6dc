import type { Body, Face, Observation, VisionSettings } from '../../../src/contract/index.ts';
import { backendsToTry, type Backend } from './backend.ts';
import { findBodies } from './bodies.ts';
import { createDemographicTurns } from './demographic-turns.ts';
import { estimateDemographics } from './demographics.ts';
import { disposeCrops, findFaces } from './faces.ts';
import { loadHuman } from './human.ts';
import type { Picture } from './pictures.ts';
import type { Tensor } from './tensorflow.ts';
import { createVisibility } from './visibility.ts';

/** Larger pictures are scaled down to this width: the detector looks at 256 px, and more pixels only cost time. */
const MAX_WIDTH_PX = 960;
const MAX_HEIGHT_PX = 540;
/** On a slow machine the search for bodies may take this share of the time, or nothing would be left to follow faces. */
const BODY_TIME_SHARE = 1 / 3;

export interface Analyser {
  readonly backend: string;
  /** What one picture says, as numbers. The picture stays the caller's. */
  analyse(picture: Picture): Promise<Observation>;
  tensors(): number;
}

/**
 * Loads the nets on the first backend that works and runs each once, so that the first real picture is as fast as the rest.
 *
 * @throws Error of the last backend when none works.
 */
export async function createAnalyser(settings: VisionSettings, baseUrl: string): Promise<Analyser> {
  const backends = await backendsToTry(settings.backend);
  for (const [index, backend] of backends.entries()) {
    try {
      return await startOn(backend, settings, baseUrl);
    } catch (error) {
      if (index === backends.length - 1) throw error;
    }
  }
  throw new Error('no backend to try');
}

async function startOn(backend: Backend, settings: VisionSettings, baseUrl: string): Promise<Analyser> {
  const { human, tf } = await loadHuman(backend, baseUrl, settings.demographics);
  const bodyNet = await tf.loadGraphModel(`${baseUrl}models/centernet.json`);
  const demographicNet = settings.demographics ? await tf.loadGraphModel(`${baseUrl}models/faceres.json`) : null;
  const turns = createDemographicTurns(settings.demographicsBudgetMs);
  // A whole clip waits for us, so there the rate does not depend on the machine.
  const live = settings.source.kind === 'camera' || settings.source.mode === 'loop';
  const visible = createVisibility();
  const canvas = new OffscreenCanvas(MAX_WIDTH_PX, MAX_HEIGHT_PX);
  const context = canvas.getContext('2d', { willReadFrequently: backend === 'wasm' });
  if (!context) throw new Error('this browser gives no 2d canvas');
  let bodiesDueMs = Number.NEGATIVE_INFINITY;

  async function facesIn(pixels: Tensor, size: { widthPx: number; heightPx: number }, atMs: number, mayEstimate: boolean): Promise<Face[]> {
    const found = await findFaces(human, pixels);
    try {
      const faces = found.map(({ face }) => face);
      const chosen = demographicNet && mayEstimate ? turns.choose(faces, size, atMs) : null;
      const turn = chosen === null ? undefined : found[chosen];
      if (!demographicNet || !turn?.crop) return faces;
      const startedMs = performance.now();
      const demographics = await estimateDemographics(tf, demographicNet, turn.crop);
      turns.book(turn.face, atMs, performance.now() - startedMs);
      return faces.map((face) => (face === turn.face ? { ...face, demographics } : face));
    } finally {
      disposeCrops(found);
    }
  }

  async function bodiesIn(pixels: Tensor, atMs: number): Promise<Body[]> {
    const startedMs = performance.now();
    const bodies = await findBodies(tf, bodyNet, pixels);
    const costMs = performance.now() - startedMs;
    const everyMs = live ? Math.max(settings.bodyEveryMs, costMs / BODY_TIME_SHARE) : settings.bodyEveryMs;
    // On its grid while pictures come in time, on a new one after a gap.
    bodiesDueMs = atMs - bodiesDueMs < everyMs ? bodiesDueMs + everyMs : atMs + everyMs;
    return [...bodies];
  }

  const analyse: Analyser['analyse'] = async (picture) => {
    const { atMs } = picture;
    const scale = Math.min(1, MAX_WIDTH_PX / picture.widthPx);
    const size = { widthPx: Math.round(picture.widthPx * scale), heightPx: Math.round(picture.heightPx * scale) };
    if (canvas.width !== size.widthPx || canvas.height !== size.heightPx) [canvas.width, canvas.height] = [size.widthPx, size.heightPx];
    picture.drawOn(context, size.widthPx, size.heightPx);
    if (!visible(canvas)) {
      return { kind: 'sensor', atMs, state: 'blind', message: 'picture-blank: the camera shows one plain surface; uncover its lens or switch the light on' };
    }
    const pixels = tf.browser.fromPixels(canvas);
    try {
      const bodiesDue = atMs >= bodiesDueMs;
      // One of the two slow nets a picture is enough: faces are followed by short steps.
      const faces = await facesIn(pixels, size, atMs, !bodiesDue);
      const bodies = bodiesDue ? await bodiesIn(pixels, atMs) : null;
      return { kind: 'frame', atMs, ...size, faces, bodies };
    } finally {
      pixels.dispose();
    }
  };

  const blank = tf.browser.fromPixels(canvas);
  await findFaces(human, blank);
  await findBodies(tf, bodyNet, blank);
  if (demographicNet) await estimateDemographics(tf, demographicNet, blank);
  blank.dispose();
  return { backend, analyse, tensors: () => tf.memory().numTensors };
}
