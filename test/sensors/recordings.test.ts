import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Observation } from '../../src/contract/index.ts';
import { readObservations, recordObservations, replay } from '../../src/sensors/index.ts';

const FRAMES: Observation[] = [1_000, 1_125, 1_500].map((atMs) => ({
  kind: 'frame',
  atMs,
  widthPx: 640,
  heightPx: 360,
  faces: [{ box: { x: 1 / 3, y: 0.25, width: 0.1, height: 0.2 }, score: 0.9, yawDeg: -12.3, pitchDeg: 0 }],
  bodies: null,
}));

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'litfass-recordings-'));
});

async function fileOf(text: string, name = 'a.ndjson'): Promise<string> {
  await writeFile(join(folder, name), text);
  return join(folder, name);
}

const lines = (observations: readonly unknown[]): string => observations.map((observation) => `${JSON.stringify(observation)}\n`).join('');

describe('a recording', () => {
  it.each(['a.ndjson', 'a.ndjson.gz'])('written as %s is read back, to four digits', async (name) => {
    const file = join(folder, name);
    const recorder = recordObservations(file);
    await recorder.write(FRAMES.slice(0, 2));
    await recorder.write(FRAMES.slice(2));
    await recorder.close();
    const read = await readObservations(file);
    expect(read).toHaveLength(3);
    expect(read[0]).toEqual({ ...FRAMES[0], faces: [{ box: { x: 0.3333, y: 0.25, width: 0.1, height: 0.2 }, score: 0.9, yawDeg: -12.3, pitchDeg: 0 }] });
  });

  it('that cannot be written says where', async () => {
    const recorder = recordObservations(join(folder, 'no', 'such', 'folder.ndjson'));
    await expect(recorder.close()).rejects.toMatchObject({ code: 'recording-unwritable', message: expect.stringContaining('folder.ndjson') as string });
  });

  it('that is not there says so', async () => {
    await expect(readObservations(join(folder, 'none.ndjson'))).rejects.toMatchObject({ code: 'recording-missing', message: expect.stringContaining('none.ndjson') as string });
  });

  it('with a broken line names file, line and finding', async () => {
    const file = await fileOf(`${lines(FRAMES.slice(0, 2))}{"kind":"frame",\n`);
    await expect(readObservations(file)).rejects.toMatchObject({ code: 'recording-invalid', message: expect.stringMatching(/a\.ndjson, line 3: it is no JSON/) as string });
  });

  it('with anything but numbers is refused: nothing else may ride along', async () => {
    const file = await fileOf(lines([FRAMES[0], { ...FRAMES[1], embedding: [1, 2, 3] }]));
    await expect(readObservations(file)).rejects.toMatchObject({ message: expect.stringMatching(/line 2: .*embedding/) as string });
  });

  it('that runs backwards is refused', async () => {
    await expect(readObservations(await fileOf(lines([FRAMES[1], FRAMES[0]])))).rejects.toMatchObject({ message: expect.stringMatching(/line 2: its time 1000 ms/) as string });
  });

  it('that is empty, or no gzip behind its name, is refused', async () => {
    await expect(readObservations(await fileOf('\n'))).rejects.toMatchObject({ code: 'recording-invalid' });
    await expect(readObservations(await fileOf('no gzip', 'b.ndjson.gz'))).rejects.toMatchObject({ code: 'recording-unreadable' });
    const cut = gzipSync(lines(FRAMES)).subarray(0, 60);
    await writeFile(join(folder, 'c.ndjson.gz'), cut);
    await expect(readObservations(join(folder, 'c.ndjson.gz'))).rejects.toMatchObject({ code: 'recording-unreadable' });
    expect((await readFile(join(folder, 'c.ndjson.gz'))).length).toBe(60);
  });
});

describe('a replay', () => {
  afterEach(() => vi.useRealTimers());

  it("plays in real time in the player's clock, over and over", async () => {
    const file = await fileOf(lines(FRAMES));
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    let nowMs = 50_000;
    const seen: { readonly atMs: number; readonly nowMs: number }[] = [];
    const playing = await replay({ file, clock: () => ({ wallMs: 0, monoMs: nowMs, quality: 'synced' }), onObservation: ({ atMs }) => seen.push({ atMs, nowMs }) });
    for (let step = 0; step < 130; step++) {
      nowMs += 10;
      vi.advanceTimersByTime(10);
    }
    playing.close();
    expect(seen.map(({ atMs }) => atMs)).toEqual([50_000, 50_125, 50_500, 50_700, 50_825, 51_200]);
    expect(seen.every((one) => one.nowMs - one.atMs >= 0 && one.nowMs - one.atMs <= 20)).toBe(true);
    vi.advanceTimersByTime(5_000);
    expect(seen).toHaveLength(6);
  });

  it('waits through a gap of a month without asking for the time all along', async () => {
    const month = 30 * 86_400_000;
    const file = await fileOf(lines([FRAMES[0], { ...FRAMES[1], atMs: month }]));
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    let reads = 0;
    const playing = await replay({ file, clock: () => ({ wallMs: 0, monoMs: (reads += 1), quality: 'synced' }), onObservation: () => undefined });
    const before = reads;
    vi.advanceTimersByTime(1_000);
    playing.close();
    expect(reads).toBe(before);
  });

  it('does not catch up after the machine slept', async () => {
    const file = await fileOf(lines(FRAMES));
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    let nowMs = 0;
    const seen: number[] = [];
    const playing = await replay({ file, clock: () => ({ wallMs: 0, monoMs: nowMs, quality: 'synced' }), onObservation: ({ atMs }) => seen.push(atMs) });
    nowMs = 3_600_000;
    vi.advanceTimersByTime(200);
    playing.close();
    expect(seen.length).toBeLessThan(6);
    expect(seen.at(-1)).toBeGreaterThan(3_598_000);
  });
});
