import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Observation, VisionReport } from '../../src/contract/index.ts';
import { createCamera, type Camera } from '../../src/sensors/index.ts';

const HOUR_MS = 3_600_000;
let nowMs = HOUR_MS;
let seen: Observation[] = [];
let camera: Camera;
let renewals = 0;

function frame(atMs: number): Observation {
  return { kind: 'frame', atMs, widthPx: 640, heightPx: 360, faces: [], bodies: null };
}

function report(observations: Observation[], frames = observations.length): VisionReport {
  return { observations, frames, elapsedMs: 0, backend: 'wasm', done: false };
}

function wait(ms: number): void {
  nowMs += ms;
  vi.advanceTimersByTime(ms);
}

beforeEach(() => {
  vi.useFakeTimers();
  nowMs = HOUR_MS;
  seen = [];
  renewals = 0;
  camera = createCamera({ clock: () => ({ wallMs: 0, monoMs: nowMs, quality: 'synced' }), onObservation: (observation) => seen.push(observation), onSilent: () => (renewals += 1) });
});

afterEach(() => {
  camera.close();
  vi.useRealTimers();
});

describe('the camera', () => {
  it('asks for its page to be loaded anew when it stays silent, and leaves it time to load', () => {
    camera.report(report([frame(0)]));
    wait(29_000);
    expect(renewals).toBe(0);
    for (let seconds = 0; seconds < 62; seconds += 1) wait(1_000);
    expect(renewals).toBe(3);
    camera.report(report([frame(1)], 1));
    wait(20_000);
    expect(renewals).toBe(3);
  });

  it("passes observations on in the player's time, whatever the page's clock shows", () => {
    wait(200);
    camera.report(report([frame(1_000), frame(1_100)], 2));
    wait(100);
    camera.report(report([frame(1_200)], 3));
    expect(seen.map((observation) => observation.atMs)).toEqual([HOUR_MS + 100, HOUR_MS + 200, HOUR_MS + 300]);
  });

  it('does not take a late report for a late picture', () => {
    camera.report(report([frame(1_000)], 1));
    wait(900);
    camera.report(report([frame(1_100)], 2));
    expect(seen.at(-1)?.atMs).toBe(HOUR_MS + 100);
  });

  it('drops what was overtaken, what came twice, and what is too old to be true', () => {
    camera.report(report([frame(1_000), frame(1_200)], 2));
    camera.report(report([frame(1_100)], 3));
    camera.report(report([frame(1_200)], 4));
    wait(4_500);
    camera.report(report([frame(1_300)], 5));
    expect(seen).toHaveLength(2);
  });

  it('follows a page that was started again and counts from zero', () => {
    camera.report(report([frame(500_000)], 900));
    wait(2_000);
    camera.report(report([frame(1_500)], 1));
    expect(seen.map((observation) => observation.atMs)).toEqual([HOUR_MS, HOUR_MS + 2_000]);
  });

  it('is blind when the page falls silent for five seconds, and says so once', () => {
    camera.report(report([frame(1_000)]));
    wait(4_400);
    expect(seen).toHaveLength(1);
    wait(20_000);
    expect(seen).toHaveLength(2);
    expect(seen[1]).toMatchObject({ kind: 'sensor', state: 'blind', message: expect.stringContaining('vision-silent') as string });
  });

  it('is not blind while the page sends empty reports: it may be waiting for a camera', () => {
    for (let second = 0; second < 10; second++) {
      camera.report(report([]));
      wait(1_000);
    }
    expect(seen).toEqual([]);
  });

  it('gives a page half a minute to open, for a browser and its nets are not there at once', () => {
    wait(25_000);
    expect(seen).toEqual([]);
    wait(6_000);
    expect(seen).toMatchObject([{ kind: 'sensor', state: 'blind' }]);
  });

  it('sees again when the page comes back', () => {
    camera.report(report([]));
    wait(6_000);
    wait(100);
    camera.report(report([frame(1_000)]));
    expect(seen.map((observation) => observation.kind)).toEqual(['sensor', 'frame']);
  });
});
