import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { BackendMeasurement, Calibration } from '../../src/contract/index.ts';
import { openBackendMemory } from '../../src/player/backend-memory.ts';
import { openSensors, type SensorsOptions } from '../../src/player/sensors.ts';

const MEASURED: BackendMeasurement = { machine: 'some card; 4 cores; Chrome/150', backend: 'webgl', times: [{ backend: 'webgl', medianMs: 4 }, { backend: 'wasm', medianMs: 20 }] };
const CALIBRATION: Calibration = {
  v: 1,
  aspect: 16 / 9,
  quadrilateral: [{ x: 0.2, y: 0.9 }, { x: 0.8, y: 0.9 }, { x: 0.7, y: 0.5 }, { x: 0.3, y: 0.5 }],
  widthM: 2,
  depthM: 3,
  screen: { widthM: 0.9, heightM: 0.5, rightM: 0, upM: -0.3 },
  exposure: { nearestM: 0.5, furthestM: 5, halfAngleDeg: 40 },
  shelves: [],
};

async function sensors(more: Partial<SensorsOptions> = {}) {
  const opened = await openSensors({ source: { kind: 'camera' }, clock: () => ({ wallMs: 0, monoMs: 0, quality: 'synced' }), permits: () => ({ camera: true, demographics: true, expression: false }), onObservation: () => undefined, onSilent: () => undefined, ...more });
  opened.close();
  return opened;
}

describe('what the vision page is asked for', () => {
  it('is nothing without a permit, and only what the permits name', async () => {
    expect((await sensors({ permits: () => ({ camera: false, demographics: false, expression: false }) })).settings()).toBeNull();
    expect((await sensors()).settings()).toMatchObject({ demographics: true, expression: false, skeletons: false, calibrated: false, backend: 'auto' });
  });

  it('is skeletons only where shelves were drawn, and then more pictures', async () => {
    const plain = (await sensors({ calibration: () => CALIBRATION })).settings();
    expect(plain).toMatchObject({ calibrated: true, skeletons: false });
    const shelf = { id: 'bread', name: 'Bread', corners: [{ x: 0, y: 0 }, { x: 0.1, y: 0 }, { x: 0.1, y: 0.1 }], foot: { x: 0, y: 0.5 } };
    const shelves = (await sensors({ calibration: () => ({ ...CALIBRATION, shelves: [shelf] }) })).settings();
    expect(shelves).toMatchObject({ calibrated: true, skeletons: true });
    expect(shelves!.framesPerSecond).toBeGreaterThan(10);
    expect(shelves!.calibration).not.toBe(plain!.calibration);
  });
});

describe('the backend', () => {
  it('that was measured is given back at the next start, and after a power cut in the middle of writing', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'litfass-backend-'));
    const memory = await openBackendMemory(dataDir, (message) => expect.unreachable(message));
    const opened = await sensors({ backendMemory: memory });
    expect(opened.settings()?.measured).toBeUndefined();
    opened.receive({ observations: [], frames: 1, elapsedMs: 1, backend: 'webgl', measurement: MEASURED, done: false });
    expect(opened.settings()?.measured).toEqual(MEASURED);
    await expect.poll(() => readFile(join(dataDir, 'vision-backend.json'), 'utf8').catch(() => '')).toContain('webgl');
    await writeFile(join(dataDir, 'vision-backend.json.new'), '{"machi');
    expect((await openBackendMemory(dataDir, () => undefined)).newest()).toEqual(MEASURED);
  });

  it('is measured again when the file cannot be read', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'litfass-backend-'));
    await writeFile(join(dataDir, 'vision-backend.json'), '{"machine": 7}');
    expect((await openBackendMemory(dataDir, () => undefined)).newest()).toBeNull();
  });

  it('can be prescribed', async () => {
    expect((await sensors({ backend: 'wasm' })).settings()?.backend).toBe('wasm');
  });
});
