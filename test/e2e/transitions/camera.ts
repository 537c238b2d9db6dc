import type { Page } from 'playwright-core';
import { readPng, type Picture } from './png.ts';

export interface Shot {
  /** When the browser's compositor put it out, ms of this process' monotonic clock. */
  readonly atMs: number;
  readonly png: Buffer;
}

export interface Camera {
  readonly shots: readonly Shot[];
  stop(): Promise<void>;
}

/**
 * Takes what the browser's compositor puts out, frame by frame as far as the machine keeps up: not what the page believes that
 * it shows. A frame in which nothing changed is not put out.
 */
export async function filmPanel(page: Page): Promise<Camera> {
  const session = await page.context().newCDPSession(page);
  const shots: Shot[] = [];
  let filming = true;
  session.on('Page.screencastFrame', ({ data, metadata, sessionId }) => {
    shots.push({ atMs: (metadata.timestamp ?? 0) * 1_000 - performance.timeOrigin, png: Buffer.from(data, 'base64') });
    if (filming) void session.send('Page.screencastFrameAck', { sessionId });
  });
  await session.send('Page.startScreencast', { format: 'png', maxWidth: 160, maxHeight: 90, everyNthFrame: 1 });
  return {
    shots,
    async stop() {
      filming = false;
      await session.send('Page.stopScreencast');
      await session.detach();
    },
  };
}

/** Thousands of pictures take a while, and the conductor in this process has a stage to hear: so one at a time. */
export async function develop(shots: readonly Shot[]): Promise<readonly (Shot & { readonly picture: Picture })[]> {
  const developed: (Shot & { readonly picture: Picture })[] = [];
  for (const shot of shots) {
    developed.push({ ...shot, picture: readPng(shot.png) });
    await new Promise((resolve) => setImmediate(resolve));
  }
  return developed;
}

/** A clean rounding, a lossy picture and a film in another colour space change a channel by less. */
const TOLERANCE = 14;

/** @returns the first pixel that has another colour than any mixture of the creatives; `null`: there is none */
export function strangerIn({ width, rgb }: Picture, red: number, blue: number): string | null {
  for (let at = 0; at < rgb.length; at += 3) {
    const [r = 0, g = 0, b = 0] = rgb.subarray(at, at + 3);
    if (Math.abs(r - red) <= TOLERANCE && Math.abs(b - blue) <= TOLERANCE) continue;
    return `rgb(${r}, ${g}, ${b}) at ${(at / 3) % width}/${Math.floor(at / 3 / width)}`;
  }
  return null;
}

/** Mean green of a picture: which creative, or how much of each. */
export function meanGreen({ rgb }: Picture): number {
  let sum = 0;
  for (let at = 1; at < rgb.length; at += 3) sum += rgb[at] ?? 0;
  return (3 * sum) / rgb.length;
}
