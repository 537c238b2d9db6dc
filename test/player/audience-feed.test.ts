import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Audience, FloorSums, Visit } from '../../src/contract/index.ts';
import { startAudienceFeed } from '../../src/player/audience-feed.ts';
import type { Calibrations } from '../../src/player/calibration-watch.ts';
import { ABOVE_PANEL, calibrationOf } from '../audience/space/cameras.ts';

const face = { box: { x: 0.4, y: 0.2, width: 0.1, height: 0.2 }, score: 0.9, yawDeg: 0, pitchDeg: 0 };

beforeEach(() => void vi.useFakeTimers({ now: 0 }));
afterEach(() => void vi.useRealTimers());

function feedWith(permitted: () => boolean, calibrations: Calibrations = { floor: null, demographics: null }) {
  const audiences: Audience[] = [];
  const floors: FloorSums[] = [];
  const visits: Visit[] = [];
  const feed = startAudienceFeed({
    clock: () => ({ wallMs: 0, monoMs: Date.now(), quality: 'synced' }),
    permits: () => ({ camera: permitted(), demographics: permitted(), expression: permitted() }),
    calibrations,
    nowPlaying: () => ({ id: 'play', sinceMs: 0 }),
    onFloor: (sums) => floors.push(sums),
    onAudience: (audience) => audiences.push(audience),
    onVisits: (ended) => visits.push(...ended),
    onSensor: () => undefined,
  });
  const stand = async (ms: number): Promise<void> => {
    for (let passed = 0; passed < ms; passed += 100) {
      feed.observe({ kind: 'frame', atMs: Date.now(), widthPx: 640, heightPx: 360, faces: [face], bodies: null });
      await vi.advanceTimersByTimeAsync(100);
    }
  };
  return { feed, audiences, visits, floors, stand };
}

describe('the audience feed', () => {
  it('says who is here at a steady pace, and hands out the visit when it is over', async () => {
    const { feed, audiences, visits, stand } = feedWith(() => true);
    await stand(3_000);
    expect(audiences.at(-1)).toMatchObject({ sensor: 'ok', present: 1, watching: 1 });
    await vi.advanceTimersByTimeAsync(10_000);
    feed.observe({ kind: 'frame', atMs: Date.now(), widthPx: 640, heightPx: 360, faces: [], bodies: [] });
    await vi.advanceTimersByTimeAsync(200);
    expect(audiences.at(-1)).toMatchObject({ present: 0 });
    expect(visits).toHaveLength(1);
    expect(visits[0]).toMatchObject({ watcher: true });
  });

  it('sees nothing without a permit, and forgets who was there when it is withdrawn', async () => {
    let permitted = true;
    const { feed, audiences, visits, stand } = feedWith(() => permitted);
    await stand(3_000);
    permitted = false;
    await stand(1_000);
    expect(audiences.at(-1)).toMatchObject({ sensor: 'absent', present: 0 });
    permitted = true;
    await vi.advanceTimersByTimeAsync(10_000);
    feed.close();
    expect(visits).toEqual([]);
  });

  it('tells the audience what is on the screen, so that there are opportunities to see', async () => {
    const { feed, visits, stand } = feedWith(() => true);
    await stand(4_000);
    feed.close();
    expect(visits).toMatchObject([{ opportunityToSee: true }]);
  });

  it('hands out the floor only with a calibration, and forgets who was there when another one holds', async () => {
    const { feed, visits, floors, audiences, stand } = feedWith(() => true);
    await stand(3_000);
    expect(floors).toEqual([]);
    feed.recalibrate({ floor: calibrationOf(ABOVE_PANEL), demographics: null });
    await vi.advanceTimersByTimeAsync(200);
    expect(audiences.at(-1)).toMatchObject({ present: 0 });
    expect(floors.length).toBeGreaterThan(0);
    feed.close();
    expect(visits).toEqual([]);
  });
});
