import type { CalibrationSettings } from '../../src/contract/index.ts';

const WIDTH_PX = 1280;
const HEIGHT_PX = 720;

/**
 * Shows the camera, or the clip in its place, in the element. Pixels go from the camera to the display and nowhere else.
 *
 * @returns width over height of the picture
 * @throws Error in words for the installer
 */
export async function showPicture(video: HTMLVideoElement, source: CalibrationSettings['source']): Promise<number> {
  if (source.kind === 'clip') {
    video.src = source.url;
    video.loop = true;
  } else {
    video.srcObject = await openCamera(source.label);
  }
  const failed = new Promise<never>((_, reject) => {
    video.addEventListener('error', () => reject(new Error('The clip cannot be shown: convert it to MP4 (H.264) or WebM.')), { once: true });
  });
  const shown = new Promise<void>((resolve) => {
    video.addEventListener('loadeddata', () => resolve(), { once: true });
  });
  // A picture that stands still is as good to draw in as one that moves.
  void video.play().catch(() => undefined);
  await Promise.race([shown, failed]);
  return video.videoWidth / video.videoHeight;
}

async function openCamera(label: string | undefined): Promise<MediaStream> {
  const stream = await request({});
  if (label === undefined || stream.getVideoTracks()[0]?.label === label) return stream;
  // Labels are readable only after the first grant, so the wanted camera is opened second.
  for (const track of stream.getTracks()) track.stop();
  const cameras = (await navigator.mediaDevices.enumerateDevices()).filter(({ kind }) => kind === 'videoinput');
  const wanted = cameras.find((camera) => camera.label === label);
  if (wanted === undefined) throw new Error(`No camera is called “${label}”; connected are ${cameras.map((camera) => `“${camera.label}”`).join(', ') || 'none'}.`);
  return await request({ deviceId: { exact: wanted.deviceId } });
}

async function request(constraints: MediaTrackConstraints): Promise<MediaStream> {
  try {
    return await navigator.mediaDevices.getUserMedia({ audio: false, video: { width: { ideal: WIDTH_PX }, height: { ideal: HEIGHT_PX }, ...constraints } });
  } catch (error) {
    throw new Error(refusal(error instanceof DOMException ? error.name : ''), { cause: error });
  }
}

function refusal(name: string): string {
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'This browser may not use the camera: allow it beside the address, and load the page again.';
  if (name === 'NotReadableError' || name === 'AbortError') return 'The camera cannot be read: stop the screen and other programs that use it, and load the page again.';
  return 'No camera is connected: plug one in, and load the page again.';
}
