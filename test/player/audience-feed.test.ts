import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Audience, Visit } from '../../src/contract/index.ts';
import { startAudienceFeed } from '../../src/player/audience-feed.ts';

const face = { box: { x: 0.4, y: 0.2, width: 0.1, height: 0.2 }, score: 0.9, yawDeg: 0, pitchDeg: 0 };

beforeEach(() => void vi.useFakeTimers({ now: 0 }));
afterEach(() => void vi.useRealTimers());

function feedWith(permitted: () => boolean) {
  const audiences: Audience[] = [];
  const visits: Visit[] = [];
  const feed = startAudienceFeed({
    clock: () => ({ wallMs: 0, monoMs: Date.now(), quality: 'synced' }),
    permits: () => ({ camera: permitted(), demographics: permitted(), expression: false }),
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
  return { feed, audiences, visits, stand };
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
});
