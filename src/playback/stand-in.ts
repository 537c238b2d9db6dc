import type { Creative, Decision } from '../contract/index.ts';
import type { Choice } from '../selection/index.ts';

/** What is to be shown of a choice: the creative itself, or its fallback. */
export interface Casting extends Choice {
  /** The creative that was drawn, where this is its fallback; `null`: it is shown itself. */
  readonly standsFor: Creative | null;
}

/** Shown for less, a fallback would be a flicker. */
const SHORTEST_MS = 1_000;

export function isWorthwhile(leftMs: number): boolean {
  return leftMs >= SHORTEST_MS;
}

/** How long it is to be on, where no slots say so: a fallback for as long as what it stands for, ms. */
export function lengthOf({ creative, standsFor }: Casting): number {
  return (standsFor ?? creative).durationMs;
}

/** The fallback in place of what was drawn, with all that follows for what comes after it. @param code why the other cannot be shown */
export function standIn(choice: Choice, fallback: Creative, code: string): Casting {
  const { creative } = choice;
  return { ...choice, creative: fallback, standsFor: creative, decision: decisionInstead(choice.decision, fallback, creative.id, code) };
}

/** For what is left of the slot of a creative that broke in front. Its turn was taken when it came up. */
export function standInForTheRest(decision: Decision, creative: Creative, fallback: Creative, code: string): Casting {
  return standIn({ creative, decision, path: [], turns: new Map(), goesOn: false }, fallback, code);
}

function decisionInstead(decision: Decision, { id }: Creative, creativeId: string, code: string): Decision {
  return { ...decision, creativeId: id, reason: { ...decision.reason, insteadOf: { creativeId, code } } };
}
