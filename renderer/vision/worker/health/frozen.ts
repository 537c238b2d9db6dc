import type { Trouble } from '../../messages.ts';
import type { Thumbnail } from './thumbnail.ts';

/** No sensor is free of noise: pictures that are alike to the last bit for so long are one picture. */
const FROZEN_AFTER_MS = 5_000;
/** And so many of them: two pictures with a pause between them say nothing. */
const FROZEN_PICTURES = 8;

/** Watches for a camera that gives the same picture again and again, as some do when their firmware hangs. */
export function createFrozenWatch(): (thumbnail: Thumbnail) => Trouble | null {
  let newest: Thumbnail | null = null;
  let sinceMs = 0;
  let pictures = 0;
  return (thumbnail) => {
    const same = newest !== null && newest.grains.every((luma, cell) => luma === thumbnail.grains[cell]);
    if (!same) [newest, sinceMs, pictures] = [thumbnail, thumbnail.atMs, 0];
    pictures += 1;
    if (thumbnail.atMs - sinceMs < FROZEN_AFTER_MS || pictures < FROZEN_PICTURES) return null;
    return { state: 'blind', message: 'picture-frozen: the camera gives the same picture again and again; unplug it and plug it in again' };
  };
}
