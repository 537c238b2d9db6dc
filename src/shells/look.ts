import { LitfassError } from '../contract/index.ts';

/** What stands in the window. `waiting`: the page's own words that there is no programme yet. */
export type Look = 'picture' | 'waiting' | 'blank';

/**
 * Asked of the page itself, in either shell. Frames may be counted on a page that shows nothing, so this looks at what
 * lies under some points of its main zone: a creative, the waiting picture, or neither. A pointer finds no content there, only the
 * slot around it, so the slot is asked for what it holds.
 */
export const LOOK = `(() => {
  const seen = { opacityProperty: true, visibilityProperty: true };
  const waiting = document.querySelector('#waiting');
  if (waiting !== null && waiting.checkVisibility(seen)) return 'waiting';
  const main = document.querySelector('#stage [data-zone="main"]');
  if (main === null) return 'blank';
  const { left, top, width, height } = main.getBoundingClientRect();
  const isOver = (box, x, y) => x >= box.left && x < box.right && y >= box.top && y < box.bottom;
  const holdsContent = (x, y) => {
    const found = document.elementFromPoint(left + width * x, top + height * y);
    if (found === null || found === main || !main.contains(found)) return false;
    const content = found.querySelector('iframe') ?? found.firstElementChild;
    return content !== null && content.checkVisibility(seen) && isOver(content.getBoundingClientRect(), left + width * x, top + height * y);
  };
  return [0.5, 0.2, 0.8].some((x) => [0.5, 0.2, 0.8].some((y) => holdsContent(x, y))) ? 'picture' : 'blank';
})()`;

/** @throws LitfassError `page-answer` when the page answers something else: it is not ours any more */
export function parseLook(answer: unknown): Look {
  if (answer === 'picture' || answer === 'waiting' || answer === 'blank') return answer;
  throw new LitfassError('page-answer', `the stage page answered ${JSON.stringify(answer)} when it was asked what it shows. It is loaded anew.`);
}
