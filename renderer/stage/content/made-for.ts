import type { Prepare } from './content.ts';

/**
 * A page in its slot. One that was made for a size of its own is laid out at that size, whatever its zone has, and scaled by the
 * style sheet, as pictures are.
 */
export function laidOut(frame: HTMLIFrameElement, { madeFor, fit }: Prepare['presentation']): HTMLElement {
  if (madeFor === undefined) return frame;
  const element = document.createElement('div');
  element.className = `made-for ${fit}`;
  element.style.setProperty('--width', `${String(madeFor.widthPx)}px`);
  element.style.setProperty('--height', `${String(madeFor.heightPx)}px`);
  element.append(frame);
  return element;
}
