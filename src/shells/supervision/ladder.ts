/** What can be done about a stage that shows nothing, from the gentlest to the last one inside this process. */
export type Step = 'reload' | 'reopen' | 'leave';

/** How long each try may take to work, ms, before the next one is due. A slow machine loads a browser in ten seconds. */
const TRIES: readonly { readonly step: Step; readonly graceMs: number }[] = [
  { step: 'reload', graceMs: 5_000 },
  { step: 'reopen', graceMs: 15_000 },
  { step: 'reopen', graceMs: 30_000 },
  { step: 'leave', graceMs: 60_000 },
];
/** The first start of a browser on a cold disk. */
const FIRST_GRACE_MS = 20_000;
/** A picture that stands this long is a success: the next trouble starts at the bottom again. */
const WELL_MS = 5_000;
/** Success by halves: a page that dies every few seconds comes back each time and is a nuisance all the same. */
const MOST_TRIES = 60;
const TRIES_WITHIN_MS = 600_000;

export interface Ladder {
  /** The stage presents what it should. */
  well(nowMs: number): void;
  /**
   * It does not.
   *
   * @param from the gentlest step that can help: a page that hangs does not answer a reload
   * @returns what to do now; `null` while the last try may still work
   */
  sick(nowMs: number, from: Exclude<Step, 'leave'>): Step | null;
}

/**
 * Goes from rung to rung until the stage is well. Pure: time comes in, advice goes out.
 *
 * @param startMs when the page was first opened
 */
export function createLadder(startMs: number): Ladder {
  let rung = 0;
  let quietUntilMs = startMs + FIRST_GRACE_MS;
  let wellSinceMs: number | null = null;
  let tries: number[] = [];

  return {
    well(nowMs) {
      wellSinceMs ??= nowMs;
      if (nowMs - wellSinceMs >= WELL_MS) rung = 0;
      quietUntilMs = nowMs;
    },
    sick(nowMs, from) {
      wellSinceMs = null;
      if (nowMs < quietUntilMs) return null;
      tries = [...tries.filter((triedMs) => nowMs - triedMs < TRIES_WITHIN_MS), nowMs];
      const least = TRIES.findIndex(({ step }) => step === from);
      const at = tries.length > MOST_TRIES ? TRIES.length - 1 : Math.min(Math.max(rung, least), TRIES.length - 1);
      const { step, graceMs } = TRIES[at] ?? { step: 'leave', graceMs: WELL_MS };
      rung = at === TRIES.length - 1 ? 0 : at + 1;
      if (step === 'leave') tries = [];
      quietUntilMs = nowMs + graceMs;
      return step;
    },
  };
}
