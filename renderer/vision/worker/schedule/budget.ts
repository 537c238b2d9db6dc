/** Time that may be spent on something, refilled as time passes. */
export interface Budget {
  /** Whether anything may be begun now. */
  allows(atMs: number): boolean;
  /** Books what it took: a run that was longer than what was left is paid back by a longer pause. */
  spend(costMs: number): void;
}

/** At most `perSecondMs` of each second; unspent time does not add up beyond one second's. 0 allows nothing. */
export function createBudget(perSecondMs: number): Budget {
  let balanceMs = perSecondMs;
  let filledMs: number | null = null;
  return {
    allows(atMs) {
      balanceMs = Math.min(perSecondMs, balanceMs + ((atMs - (filledMs ?? atMs)) * perSecondMs) / 1000);
      filledMs = atMs;
      return perSecondMs > 0 && balanceMs > 0;
    },
    spend(costMs) {
      balanceMs -= costMs;
    },
  };
}
