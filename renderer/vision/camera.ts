import type { CameraPicture } from './messages.ts';
import { SensorTrouble } from './trouble.ts';

export interface Camera {
  readonly pictures: ReadableStream<CameraPicture>;
  /** Resolves when the camera was unplugged or taken away. */
  readonly ended: Promise<void>;
  close(): void;
}

/** Not yet in TypeScript's library: https://www.w3.org/TR/mediacapture-transform/#track-processor */
declare class MediaStreamTrackProcessor {
  constructor(init: { track: MediaStreamTrack; maxBufferSize?: number });
  readonly readable: ReadableStream<VideoFrame>;
}

const WIDTH_PX = 1280;
const HEIGHT_PX = 720;
const FRAMES_PER_SECOND = 15;

/**
 * Opens the default camera, or the one with this label, without sound.
 *
 * @throws SensorTrouble `absent` when there is none, or it is not allowed; `blind` when another program holds it.
 */
export async function openCamera(label: string | undefined): Promise<Camera> {
  const stream = await request({});
  const wanted = label === undefined ? stream : await switchTo(label, stream);
  const [track] = wanted.getVideoTracks();
  if (!track) throw new SensorTrouble('absent', 'camera-absent: the camera gave no picture track; connect it again');
  const ended = new Promise<void>((resolve) => {
    track.addEventListener('ended', () => resolve());
  });
  const source = 'MediaStreamTrackProcessor' in globalThis ? new MediaStreamTrackProcessor({ track, maxBufferSize: 1 }).readable : picturesOfElement(wanted);
  return { pictures: source, ended, close: () => track.stop() };
}

async function request(constraints: MediaTrackConstraints): Promise<MediaStream> {
  try {
    return await navigator.mediaDevices.getUserMedia({
      audio: false,
      video: { width: { ideal: WIDTH_PX }, height: { ideal: HEIGHT_PX }, frameRate: { ideal: FRAMES_PER_SECOND }, ...constraints },
    });
  } catch (error) {
    throw refusal(error);
  }
}

/** Labels are readable only after the first grant, so the wanted camera is opened second. */
async function switchTo(label: string, granted: MediaStream): Promise<MediaStream> {
  const cameras = (await navigator.mediaDevices.enumerateDevices()).filter((device) => device.kind === 'videoinput');
  const wanted = cameras.find((device) => device.label === label);
  if (granted.getVideoTracks()[0]?.label === label) return granted;
  for (const track of granted.getTracks()) track.stop();
  if (!wanted) {
    const known = cameras.map((device) => `"${device.label}"`).join(', ');
    throw new SensorTrouble('absent', `camera-absent: no camera is called "${label}"; connected are ${known || 'none'}. Connect it or change the label in the settings`);
  }
  return await request({ deviceId: { exact: wanted.deviceId } });
}

function refusal(error: unknown): SensorTrouble {
  const name = error instanceof DOMException ? error.name : '';
  if (name === 'NotAllowedError' || name === 'SecurityError') return new SensorTrouble('absent', 'camera-refused: the system does not let this program use the camera; allow it in the privacy settings');
  if (name === 'NotFoundError' || name === 'OverconstrainedError') return new SensorTrouble('absent', 'camera-absent: no camera is connected; plug one in');
  if (name === 'NotReadableError' || name === 'AbortError') return new SensorTrouble('blind', 'camera-busy: the camera cannot be read; close other programs that use it, or plug it in again');
  return new SensorTrouble('absent', `camera-failed: ${String(error)}`);
}

/** For browsers without track processors: the same stream, drawn from a playing element by a timer. */
function picturesOfElement(stream: MediaStream): ReadableStream<ImageBitmap> {
  const video = document.createElement('video');
  video.muted = true;
  video.srcObject = stream;
  return new ReadableStream<ImageBitmap>(
    {
      start: () => video.play(),
      async pull(controller) {
        await new Promise((resolve) => setTimeout(resolve, 1000 / FRAMES_PER_SECOND));
        controller.enqueue(await createImageBitmap(video));
      },
    },
    { highWaterMark: 1 },
  );
}
