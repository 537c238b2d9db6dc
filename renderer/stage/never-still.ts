/**
 * A pixel behind everything else, of the colour of the page. Moved from time to time, it has the page drawn although nothing changes.
 *
 * Chromium accounts for its frames in their order, and drops the oldest of more than 300. One that the script was late for, a
 * collection of garbage is enough, stays open until something is drawn. If that takes longer than 300 frames, five seconds of a
 * still, nothing is accounted for any more as long as the page lives: what is written down of each play stays, 1.5 kB of it, and is
 * walked through in each frame (`docs/decisions/0027-never-still.md`).
 */
export function openNeverStill(page: HTMLElement): { move(): void } {
  const pixel = document.createElement('div');
  pixel.className = 'never-still';
  page.append(pixel);
  return { move: () => void pixel.classList.toggle('moved') };
}
