import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DESCRIPTOR_TYPES } from '../../src/contract/index.ts';
import { png } from '../content/png.ts';
import { openSite, type Site } from '../content/site.ts';
import { programme } from '../programme-fixture.ts';
import { openStageRig, until, type StageRig } from './stage-rig.ts';

const SEGMENT_S = 1;
const SEGMENTS = 60;
/** How many segments a playlist names: the stream's memory. */
const WINDOW = 5;

/** A minute of a test picture with sound, in segments of a second. @returns its folder, or `null` where there is no ffmpeg */
async function segments(): Promise<string | null> {
  const dir = await mkdtemp(join(tmpdir(), 'litfass-hls-'));
  const args = ['-v', 'error', '-f', 'lavfi', '-i', `testsrc2=size=320x180:rate=25:duration=${SEGMENTS}`, '-f', 'lavfi', '-i', `sine=duration=${SEGMENTS}`, '-c:v', 'libx264', '-preset', 'ultrafast', '-g', '25', '-pix_fmt', 'yuv420p', '-c:a', 'aac', '-f', 'hls', '-hls_time', String(SEGMENT_S), '-hls_list_size', '0', '-hls_segment_filename', join(dir, 's%d.ts'), join(dir, 'all.m3u8')];
  return promisify(execFile)('ffmpeg', args).then(() => dir, () => null);
}

const dir = await segments();
if (dir === null) process.stdout.write('live-stream.test.ts: skipped, because there is no ffmpeg that could make a stream\n');

describe.skipIf(dir === null)('a live stream', () => {
  let rig: StageRig;
  let site: Site;
  let begunMs = 0;
  /** From then on there are no new pictures, as when the camera is off. */
  let endedMs = Infinity;

  beforeAll(async () => {
    [rig, site] = await Promise.all([openStageRig(), openSite()]);
    begunMs = performance.now();
    site.answer((request, response) => {
      const path = request.url ?? '';
      if (path === '/live/master.m3u8') response.end(`#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=800000\nlow/list.m3u8\n`);
      else if (path === '/live/low/list.m3u8') response.end(playlist());
      else readFile(join(dir ?? '', path.split('/').at(-1) ?? '')).then((bytes) => response.writeHead(200, { 'content-type': 'video/mp2t' }).end(bytes), () => response.writeHead(404).end());
    });
  });
  afterAll(async () => {
    await rig.close();
    await site.close();
    await rm(dir ?? '', { recursive: true, force: true });
  });

  function playlist(): string {
    const newest = Math.min(SEGMENTS, WINDOW + Math.floor((Math.min(performance.now(), endedMs) - begunMs) / 1_000 / SEGMENT_S));
    const first = newest - WINDOW;
    return `#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:${SEGMENT_S}\n#EXT-X-MEDIA-SEQUENCE:${first}\n${Array.from({ length: WINDOW }, (_, index) => `#EXTINF:${SEGMENT_S},\ns${first + index}.ts\n`).join('')}`;
  }

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
    const behindS = ((performance.now() - begunMs) / 1_000 + WINDOW) - (await rig.stage.page.evaluate(() => document.querySelector('video')?.currentTime ?? 0));
    expect(behindS, 'seconds behind the newest picture').toBeLessThan(10);
    endedMs = performance.now();
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
