import type { Trouble } from '../../messages.ts';
import { createFrozenWatch } from './frozen.ts';
import { createMovedWatch } from './moved.ts';
import { plainness } from './plainness.ts';
import type { Thumbnail } from './thumbnail.ts';

/**
 * Whether the camera's picture can be believed: it is not plain, not frozen, and shows the scene it has always shown.
 * Judged from thumbnails alone; see `Thumbnail`.
 */
export function createHealth(calibrated: boolean): (thumbnail: Thumbnail) => Trouble | null {
  const frozen = createFrozenWatch();
  const moved = createMovedWatch(calibrated);
  return (thumbnail) => {
    // A dark scene is no new scene: the watch for movement rests until there is light.
    const plain = plainness(thumbnail.means);
    const stuck = frozen(thumbnail);
    return stuck ?? plain ?? moved(thumbnail);
  };
}
