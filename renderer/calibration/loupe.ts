import type { Spot } from './floor-lines.ts';

const ZOOM = 4;

/** Shows enlarged what lies under a held point: a finger covers just the mark that it is to be put on. */
export function createLoupe(canvas: HTMLCanvasElement, video: HTMLVideoElement): (spot: Spot | null) => void {
  return (spot) => {
    canvas.hidden = spot === null;
    const context = canvas.getContext('2d');
    if (spot === null || context === null) return;
    // In the corner that is further away.
    canvas.classList.toggle('loupe-right', spot.x < 0.5);
    const { width, height } = canvas;
    const shown = video.videoWidth / Math.max(1, video.clientWidth);
    const [sourceWidth, sourceHeight] = [(width / ZOOM) * shown, (height / ZOOM) * shown];
    context.fillStyle = '#26221d';
    context.fillRect(0, 0, width, height);
    context.drawImage(video, spot.x * video.videoWidth - sourceWidth / 2, spot.y * video.videoHeight - sourceHeight / 2, sourceWidth, sourceHeight, 0, 0, width, height);
    context.strokeStyle = '#f4532b';
    context.beginPath();
    context.moveTo(width / 2, 0);
    context.lineTo(width / 2, height);
    context.moveTo(0, height / 2);
    context.lineTo(width, height / 2);
    context.stroke();
  };
}
