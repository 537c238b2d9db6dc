import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DESCRIPTOR_TYPES } from '../../src/contract/index.ts';
import { openLiveStream } from '../content/live-stream.ts';
import { png } from '../content/png.ts';
import { openSite, type Site } from '../content/site.ts';
import { programme } from '../programme-fixture.ts';
import { openStageRig, until, type StageRig } from './stage-rig.ts';

/** A minute of a test picture with sound. */
const stream = await openLiveStream('testsrc2=size=320x180', 60);
if (stream === null) process.stdout.write('live-stream.test.ts: skipped, because there is no ffmpeg that could make a stream\n');

describe.skipIf(stream === null)('a live stream', () => {
  let rig: StageRig;
  let site: Site;

  beforeAll(async () => {
    [rig, site] = await Promise.all([openStageRig(), openSite()]);
    site.answer((request, response) => {
      if (stream?.answer(request, response) !== true) response.writeHead(404).end();
    });
  });
  afterAll(async () => {
    await rig.close();
    await site.close();
    await stream?.close();
  });

  it('plays at its live edge, through the player, counts its frames, and has stalled when no more pictures come', async () => {
    const requests: string[] = [];
    rig.stage.page.on('request', (request) => requests.push(new URL(request.url()).host));
    rig.setProgramme(
      programme(
        [
          await rig.add('house', png(16, 9), { kind: 'image', mediaType: 'image/png', durationMs: 1_000 }),
          await rig.add('live', JSON.stringify({ v: 1, source: 'camera' }), { kind: 'stream', mediaType: DESCRIPTOR_TYPES.stream, durationMs: 40_000, weight: 900 }),
        ],
        { sources: [{ id: 'camera', kind: 'stream', url: `${site.origin}/live/master.m3u8`, onSite: true }] },
      ),
    );
    await until('the stream is in front', () => rig.conductor.nowPlaying?.creative.id === 'live' || rig.faults.length > 0);
    expect(rig.faults).toEqual([]);
    await rig.stage.page.waitForTimeout(4_000);
    expect(rig.conductor.nowPlaying?.frames).toBeGreaterThan(60);
    const behindS = (stream?.lengthS ?? 0) - (await rig.stage.page.evaluate(() => document.querySelector('video')?.currentTime ?? 0));
    expect(behindS, 'seconds behind the newest picture').toBeLessThan(10);
    stream?.end();
    await until('it was taken off', () => rig.plays.some(({ creative }) => creative.id === 'live'), 30_000);
    expect(rig.plays.find(({ creative }) => creative.id === 'live')).toMatchObject({ endReason: 'stalled' });
    expect([...new Set(requests)]).toEqual([new URL(rig.stage.page.url()).host]);
    expect(rig.pageErrors).toEqual([]);
  });

  it('whose address answers nothing is skipped', async () => {
    rig.faults.length = 0;
    rig.setProgramme(
      programme(
        [
          await rig.add('house', png(16, 9), { kind: 'image', mediaType: 'image/png', durationMs: 1_000 }),
          await rig.add('gone', JSON.stringify({ v: 1, source: 'nothing' }), { kind: 'stream', mediaType: DESCRIPTOR_TYPES.stream, durationMs: 40_000, weight: 900 }),
        ],
        { sources: [{ id: 'nothing', kind: 'stream', url: `${site.origin}/gone/list.m3u8`, onSite: true }] },
      ),
    );
    await until('it was skipped', () => rig.faults.some(({ creativeId }) => creativeId === 'gone'));
    expect(rig.faults.find(({ creativeId }) => creativeId === 'gone')?.message).toMatch(/was not ready after 10000 ms|cannot be played/);
  });
});
