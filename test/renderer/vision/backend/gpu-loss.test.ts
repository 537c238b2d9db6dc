import { describe, expect, it } from 'vitest';
import { watchGpu } from '../../../../renderer/vision/worker/backend/gpu-loss.ts';
import type { Tensorflow } from '../../../../renderer/vision/worker/nets/tensorflow.ts';

function tensorflowOn(backend: unknown): Tensorflow {
  return { backend: () => backend } as Tensorflow;
}

describe('a graphics card that takes its memory away', () => {
  it('is told of a WebGL context', () => {
    const canvas = new EventTarget();
    const told: string[] = [];
    watchGpu(tensorflowOn({ gpgpu: { gl: { canvas } } }), (why) => told.push(why));
    expect(told).toEqual([]);
    canvas.dispatchEvent(new Event('webglcontextlost'));
    expect(told).toEqual(['its WebGL context was lost']);
  });

  it('is told of a WebGPU device', async () => {
    const told: string[] = [];
    watchGpu(tensorflowOn({ device: { lost: Promise.resolve({ message: 'driver reset' }) } }), (why) => told.push(why));
    await Promise.resolve();
    await Promise.resolve();
    expect(told).toEqual(['driver reset']);
  });

  it('does not exist where the processor computes', () => {
    expect(() => watchGpu(tensorflowOn({}), () => expect.unreachable())).not.toThrow();
  });
});
