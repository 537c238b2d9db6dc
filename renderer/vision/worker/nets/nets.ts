import type { VisionSettings } from '../../../../src/contract/index.ts';
import type { Net, Tensorflow } from './tensorflow.ts';

/** The nets that run here. `null`: not permitted, or not wanted, and therefore not even loaded. */
export interface Nets {
  readonly faces: Net;
  readonly head: Net;
  readonly people: Net;
  readonly demographics: Net | null;
  readonly expression: Net | null;
  readonly pose: Net | null;
}

/** Loads the nets onto the backend that runs. @throws Error naming the net that could not be had */
export async function loadNets(tf: Tensorflow, baseUrl: string, wanted: Pick<VisionSettings, 'demographics' | 'expression' | 'skeletons'>): Promise<Nets> {
  const load = async (name: string): Promise<Net> => {
    try {
      return await tf.loadGraphModel(`${baseUrl}models/${name}.json`);
    } catch (error) {
      throw new Error(`the net ${name} could not be loaded`, { cause: error });
    }
  };
  return {
    faces: await load('blazeface'),
    head: await load('facemesh'),
    people: await load('centernet'),
    demographics: wanted.demographics ? await load('faceres') : null,
    expression: wanted.expression ? await load('emotion') : null,
    pose: wanted.skeletons ? await load('movenet-lightning') : null,
  };
}
