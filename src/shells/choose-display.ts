import { LitfassError } from '../contract/index.ts';

interface DisplayLike {
  readonly id: number;
  readonly label: string;
  readonly bounds: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
}

/**
 * The display that people named: its number from left to right (then from top to bottom), beginning with 1, or its name as
 * the system tells it. Numbers of the system change with each start; where a panel stands does not.
 *
 * @throws LitfassError `display-missing` when there is none of that name: a stage on the wrong panel is seen by nobody
 */
export function chooseDisplay<Display extends DisplayLike>(displays: readonly Display[], wanted: string): Display {
  const ordered = displays.toSorted((a, b) => a.bounds.x - b.bounds.x || a.bounds.y - b.bounds.y);
  const found = /^\d{1,2}$/.test(wanted) ? ordered[Number(wanted) - 1] : ordered.find(({ label }) => label.toLowerCase() === wanted.toLowerCase());
  if (found !== undefined) return found;
  const there = ordered.map(({ label, bounds }, index) => `${index + 1} "${label}" ${bounds.width}×${bounds.height}`).join(', ');
  throw new LitfassError('display-missing', `there is no display "${wanted}". There are: ${there || 'none'}. Choose one of them with --display, or plug it in.`);
}
