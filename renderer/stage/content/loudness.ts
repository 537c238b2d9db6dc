import type { Prepare } from './content.ts';

export function setLoudness(element: HTMLMediaElement, { volumePercent }: Prepare['presentation']): void {
  element.volume = volumePercent / 100;
  // Not only turned down: what is muted starts without anybody's gesture in every browser that looks on.
  element.muted = volumePercent === 0;
}

/**
 * Down to silence within `ms`: two creatives are not heard at once, and nothing clicks when this one is released.
 *
 * @param loudness as it is now, 0 to 1
 */
export function fadeOut(loudness: number, ms: number, turn: (loudness: number) => void): void {
  const startMs = performance.now();
  const turnDown = (): void => {
    const left = 1 - (performance.now() - startMs) / Math.max(1, ms);
    turn(loudness * Math.max(0, left));
    if (left > 0) requestAnimationFrame(turnDown);
  };
  turnDown();
}
