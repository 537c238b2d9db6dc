import { LitfassError, type OfferedDisplay } from '../contract/index.ts';

interface DisplayLike {
  readonly id: number;
  readonly label: string;
  readonly bounds: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
}

/**
 * The display that people named: its number from left to right (then from top to bottom), beginning with 1, or its name as
 * the system tells it. Numbers of the system change with each start; where a panel stands does not.
 *
 * @returns `null` when there is none of that name now: a panel that is off or unplugged
 */
export function findDisplay<Display extends DisplayLike>(displays: readonly Display[], wanted: string): Display | null {
  return (/^\d{1,2}$/.test(wanted) ? ordered(displays)[Number(wanted) - 1] : displays.find(({ label }) => label.trim().toLowerCase() === wanted.trim().toLowerCase())) ?? null;
}

/** @throws LitfassError `display-missing` when there is none of that name: a stage on the wrong panel is seen by nobody */
export function chooseDisplay<Display extends DisplayLike>(displays: readonly Display[], wanted: string): Display {
  const found = findDisplay(displays, wanted);
  if (found === null) throw new LitfassError('display-missing', missingDisplay(displays, wanted));
  return found;
}

/** What is there instead, and what to do. */
export function missingDisplay(displays: readonly DisplayLike[], wanted: string): string {
  const there = ordered(displays).map(({ label, bounds }, index) => `${index + 1} "${label}" ${bounds.width}×${bounds.height}`).join(', ');
  return `there is no display "${wanted}". There are: ${there || 'none'}. Choose one of them with --display, or plug it in.`;
}

/**
 * The displays from left to right, each under the name that it keeps best: the system's, where those tell them apart, for a
 * number is another one as soon as a panel is switched off. Two panels of the same make have the same name, and go by numbers.
 */
export function offerDisplays(displays: readonly DisplayLike[]): OfferedDisplay[] {
  const names = displays.map(({ label }) => label.trim().toLowerCase());
  const tell = new Set(names).size === names.length && names.every((name) => /\p{L}/u.test(name) && name.length <= 80);
  return ordered(displays).map(({ label, bounds }, index) => ({ display: tell ? label.trim() : String(index + 1), label: `${index + 1}: ${label} ${bounds.width}×${bounds.height}`.slice(0, 200) }));
}

function ordered<Display extends DisplayLike>(displays: readonly Display[]): readonly Display[] {
  return displays.toSorted((a, b) => a.bounds.x - b.bounds.x || a.bounds.y - b.bounds.y);
}
