import type { BackendMeasurement } from '../../../../src/contract/index.ts';
import type { Net, Tensor, Tensorflow } from '../nets/tensorflow.ts';
import type { Backend, Machine } from './candidates.ts';
import { startBackend } from './start-backend.ts';

/** Of runs of the face detector: the net that runs in each picture. The first ones compile. */
const WARM_UP = 2;
const RUNS = 5;
const SIDE_PX = 256;

/** The backend to run on, and what was measured to choose it. `null`: nothing had to be measured. */
export interface Choice {
  readonly backend: Backend;
  readonly measurement: BackendMeasurement | null;
}

/**
 * The fastest backend of this machine: as remembered, if it is still the same machine, else by a short benchmark. With one
 * backend there is nothing to choose.
 *
 * @throws Error of the last backend when none works
 */
export async function chooseBackend(tf: Tensorflow, baseUrl: string, machine: Machine, remembered: BackendMeasurement | null): Promise<Choice> {
  const [only, ...others] = machine.usable;
  if (only && others.length === 0) return { backend: only, measurement: null };
  if (remembered?.machine === machine.description && machine.usable.includes(remembered.backend)) return { backend: remembered.backend, measurement: null };
  const times: { backend: Backend; medianMs: number }[] = [];
  let failure: unknown = new Error('no backend to try');
  for (const backend of machine.usable) {
    try {
      times.push({ backend, medianMs: await timeOf(tf, backend, baseUrl) });
    } catch (error) {
      failure = error;
    }
  }
  const [best] = times.toSorted((a, b) => a.medianMs - b.medianMs);
  if (!best) throw failure;
  return { backend: best.backend, measurement: { machine: machine.description, backend: best.backend, times } };
}

/** Median time of one run with its result read back, ms. */
async function timeOf(tf: Tensorflow, backend: Backend, baseUrl: string): Promise<number> {
  await startBackend(tf, backend);
  const net = await tf.loadGraphModel(`${baseUrl}models/blazeface.json`);
  try {
    const times: number[] = [];
    for (let run = 0; run < WARM_UP + RUNS; run++) times.push(await once(tf, net));
    return Math.round(100 * (times.slice(WARM_UP).toSorted((a, b) => a - b)[Math.floor(RUNS / 2)] ?? Infinity)) / 100;
  } finally {
    net.dispose();
  }
}

async function once(tf: Tensorflow, net: Net): Promise<number> {
  const input = tf.tidy(() => tf.expandDims(tf.cast(tf.browser.fromPixels(new OffscreenCanvas(SIDE_PX, SIDE_PX)), 'float32'), 0));
  const startedMs = performance.now();
  const output = net.execute(input, 'Identity:0') as Tensor;
  await output.data();
  const tookMs = performance.now() - startedMs;
  input.dispose();
  output.dispose();
  return tookMs;
}
