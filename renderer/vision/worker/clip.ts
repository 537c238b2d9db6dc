import { Input, MP4, UrlSource, VideoSampleSink, WEBM, type VideoSample } from 'mediabunny';
import { SensorTrouble } from '../trouble.ts';
import type { Picture } from './pictures.ts';

/** Containers round their length. */
const END_SLACK_MS = 1_000;

export interface Clip {
  readonly durationMs: number;
  /** Frames in order, from the first one; each must be closed. */
  frames(): AsyncGenerator<Picture, void, unknown>;
}

/**
 * Opens a video file (MP4 or WebM) that the player serves, and reads it by ranges as it is needed.
 *
 * @throws SensorTrouble `absent`: there is no such file, or no video in it; `blind`: this browser cannot decode it.
 */
export async function openClip(url: string): Promise<Clip> {
  const head = await fetch(url, { headers: { range: 'bytes=0-0' } });
  await head.body?.cancel();
  if (!head.ok) throw new SensorTrouble('absent', `clip-missing: the player has no such clip (it answered ${head.status}); check its path`);
  const input = new Input({ source: new UrlSource(url, { getRetryDelay: () => null }), formats: [MP4, WEBM] });
  const track = await input.getPrimaryVideoTrack().catch((error: unknown) => {
    throw new SensorTrouble('absent', `clip-unreadable: the clip is no MP4 or WebM video (${String(error)}); convert it to MP4 with H.264`);
  });
  if (!track) throw new SensorTrouble('absent', 'clip-unreadable: the clip holds no video track; name another file');
  if (!(await track.canDecode())) throw new SensorTrouble('blind', `clip-undecodable: this browser cannot decode the clip's pictures (${(await track.getCodec()) ?? 'unknown codec'}); convert it to MP4 with H.264`);
  const durationMs = 1000 * (await track.computeDuration());
  const sink = new VideoSampleSink(track);

  async function* frames(): AsyncGenerator<Picture, void, unknown> {
    let seenMs = 0;
    try {
      for await (const sample of sink.samples()) {
        seenMs = 1000 * (sample.timestamp + sample.duration);
        yield pictureOf(sample);
      }
    } catch (error) {
      throw broken(seenMs, durationMs, String(error));
    }
    // A file that was cut off ends like a whole one, only earlier.
    if (durationMs - seenMs > END_SLACK_MS) throw broken(seenMs, durationMs, 'no more pictures');
  }
  return { durationMs, frames };
}

function broken(seenMs: number, durationMs: number, why: string): SensorTrouble {
  return new SensorTrouble('blind', `clip-undecodable: the clip breaks off after ${(seenMs / 1000).toFixed(1)} of ${(durationMs / 1000).toFixed(1)} s (${why}); the file is damaged, copy it again`);
}

function pictureOf(sample: VideoSample): Picture {
  return {
    atMs: Math.max(0, 1000 * sample.timestamp),
    widthPx: sample.displayWidth,
    heightPx: sample.displayHeight,
    drawOn: (context, width, height) => sample.draw(context, 0, 0, width, height),
    close: () => sample.close(),
  };
}
