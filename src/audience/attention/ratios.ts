/** Share of the people who could see that did look, 0 to 1; `null` when nobody could. */
export function conversionRatio(watchers: number, opportunities: number): number | null {
  return opportunities === 0 ? null : watchers / opportunities;
}

/** Share of their time that people looked, 0 to 1; `null` when nobody was there. The longer stay weighs more. */
export function attractionRatio(visits: readonly { readonly attentionMs: number; readonly dwellMs: number }[]): number | null {
  const sum = (duration: 'attentionMs' | 'dwellMs'): number => visits.reduce((total, visit) => total + visit[duration], 0);
  return sum('dwellMs') === 0 ? null : sum('attentionMs') / sum('dwellMs');
}
