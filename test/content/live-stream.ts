import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const SEGMENT_S = 1;
/** How many segments its playlist names at a time: the stream's memory. */
const WINDOW = 5;

/** An HLS stream whose camera began when it was opened, below `/live/` of a test's own site. */
export interface LiveStream {
  /** How long it has been live, s, with what its playlist named at the beginning. */
  readonly lengthS: number;
  /** @returns whether the request was for the stream */
  answer(request: IncomingMessage, response: ServerResponse): boolean;
  /** No new pictures from now on, as when the camera is off. */
  end(): void;
  close(): Promise<void>;
}

/**
 * @param picture a video source of FFmpeg's `lavfi`, without its length
 * @param seconds how long the camera has something to show
 * @returns `null` where there is no FFmpeg that could make a stream
 */
export async function openLiveStream(picture: string, seconds: number): Promise<LiveStream | null> {
  const dir = await mkdtemp(join(tmpdir(), 'litfass-hls-'));
  const seen = ['-f', 'lavfi', '-i', `${picture}:rate=25:duration=${seconds}`];
  const heard = ['-f', 'lavfi', '-i', `sine=duration=${seconds}`];
  const encoded = ['-c:v', 'libx264', '-preset', 'ultrafast', '-g', '25', '-pix_fmt', 'yuv420p', '-c:a', 'aac'];
  const cut = ['-f', 'hls', '-hls_time', String(SEGMENT_S), '-hls_list_size', '0', '-hls_segment_filename', join(dir, 's%d.ts'), join(dir, 'all.m3u8')];
  const isMade = await promisify(execFile)('ffmpeg', ['-v', 'error', ...seen, ...heard, ...encoded, ...cut]).then(() => true, () => false);
  if (!isMade) {
    await rm(dir, { recursive: true, force: true });
    return null;
  }
  const begunMs = performance.now();
  let endedMs = Infinity;

  function playlist(): string {
    const newest = Math.min(seconds / SEGMENT_S, WINDOW + Math.floor((Math.min(performance.now(), endedMs) - begunMs) / 1_000 / SEGMENT_S));
    const first = newest - WINDOW;
    const segments = Array.from({ length: WINDOW }, (_, index) => `#EXTINF:${SEGMENT_S},\ns${first + index}.ts\n`);
    return `#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:${SEGMENT_S}\n#EXT-X-MEDIA-SEQUENCE:${first}\n${segments.join('')}`;
  }

  return {
    get lengthS() {
      return (performance.now() - begunMs) / 1_000 + WINDOW * SEGMENT_S;
    },
    answer({ url = '' }, response) {
      if (!url.startsWith('/live/')) return false;
      if (url === '/live/master.m3u8') response.end('#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=800000\nlow/list.m3u8\n');
      else if (url === '/live/low/list.m3u8') response.end(playlist());
      else readFile(join(dir, url.split('/').at(-1) ?? '')).then((bytes) => response.writeHead(200, { 'content-type': 'video/mp2t' }).end(bytes), () => response.writeHead(404).end());
      return true;
    },
    end() {
      endedMs = performance.now();
    },
    close: () => rm(dir, { recursive: true, force: true }),
  };
}
