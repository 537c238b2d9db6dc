import type { Trouble } from '../../messages.ts';
import { sceneChanged } from './scene-change.ts';
import type { Thumbnail } from './thumbnail.ts';

/** Somebody right before the lens hides the scene for moments; a camera that moved shows another one for good. */
const MOVED_AFTER_MS = 5_000;
/** The new scene must be still meanwhile: whoever covers the picture moves. */
const STILL_MS = 1_000;
/** The old scene must be back for so long to be believed. */
const BACK_AFTER_MS = 2_000;
/** Without a calibration a new scene is as good as the old one, once it has been still for so long. */
const NEW_REFERENCE_AFTER_MS = 60_000;
/** The reference follows the scene as slowly as this (time constant): daylight and restocked shelves, but no passer-by. */
const SLOWNESS_MS = 60_000;

/**
 * Watches for a camera that was moved or turned: everything in its picture has become something else, and stays so.
 *
 * @param calibrated whether places in the picture mean places on the floor: then a moved camera stays blind until it is
 *   back where it was, or the session begins anew
 */
export function createMovedWatch(calibrated: boolean): (thumbnail: Thumbnail) => Trouble | null {
  let reference: Float32Array | null = null;
  let aspect = 0;
  let newest: Thumbnail | null = null;
  let changedMs: number | null = null;
  let backMs: number | null = null;
  let moved = false;
  /** The picture some time ago, to see whether the new scene is still. */
  let recent: Thumbnail | null = null;

  function begin(thumbnail: Thumbnail): void {
    reference = Float32Array.from(thumbnail.means);
    aspect = thumbnail.aspect;
    [changedMs, backMs, moved] = [null, null, false];
  }

  function follow(thumbnail: Thumbnail): void {
    const part = 1 - Math.exp(-(thumbnail.atMs - (newest?.atMs ?? thumbnail.atMs)) / SLOWNESS_MS);
    reference?.forEach((luma, cell) => {
      if (reference) reference[cell] = luma + part * ((thumbnail.means[cell] ?? luma) - luma);
    });
  }

  function isStill(thumbnail: Thumbnail): boolean {
    if (recent && thumbnail.atMs - recent.atMs < STILL_MS) return true;
    const still = recent === null || sceneChanged(recent.means, thumbnail.means) === false;
    recent = thumbnail;
    return still;
  }

  return (thumbnail) => {
    // Another shape of picture is another scene: nothing can be compared.
    if (reference === null || Math.abs(aspect - thumbnail.aspect) > 0.02) begin(thumbnail);
    const changed = reference ? sceneChanged(reference, thumbnail.means) : null;
    const still = isStill(thumbnail);
    if (changed === false) {
      follow(thumbnail);
      changedMs = null;
      backMs ??= thumbnail.atMs;
      if (thumbnail.atMs - backMs >= BACK_AFTER_MS) moved = false;
    } else if (changed === true) {
      backMs = null;
      if (!still) changedMs = null;
      changedMs ??= thumbnail.atMs;
      if (thumbnail.atMs - changedMs >= MOVED_AFTER_MS) moved = true;
      if (!calibrated && thumbnail.atMs - changedMs >= NEW_REFERENCE_AFTER_MS) begin(thumbnail);
    }
    newest = thumbnail;
    if (!moved) return null;
    return calibrated
      ? { state: 'blind', message: 'camera-moved: the camera no longer looks where it was calibrated; put it back, or calibrate it anew' }
      : { state: 'blind', message: 'camera-moved: the camera was moved or turned; it goes on by itself when its new picture has been still for a minute' };
  };
}
