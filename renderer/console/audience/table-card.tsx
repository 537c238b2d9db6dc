import type { ReactNode } from 'react';
import type { TableSums } from '../../../src/contract/index.ts';
import { shortClockTime } from '../words/time.ts';
import { plural } from '../words/state.ts';

export interface TableCardProps {
  readonly title: string;
  /** Takes the whole width. */
  readonly wide?: boolean;
  readonly table: TableSums | undefined;
  /** Why it may be missing, if it is. */
  readonly missing: string;
  readonly children: (table: TableSums) => ReactNode;
}

/** A table with its sums, or in words why there are none: not released is not the same as not measured, and neither is nobody. */
export function TableCard({ title, wide = false, table, missing, children }: TableCardProps) {
  return (
    <section className={wide ? 'card audience-card audience-wide' : 'card audience-card'} aria-label={title}>
      <h2>{title}</h2>
      {table === undefined ? (
        <>
          <p className="audience-none">Not released</p>
          <p className="audience-note">{missing}</p>
        </>
      ) : table.windows === 0 ? (
        <>
          <p className="audience-none">Not measured</p>
          <p className="audience-note">The camera could not see in {plural(table.unmeasuredWindows, 'window', 'windows')}. That says nothing about how many people were there.</p>
        </>
      ) : (
        <>
          {children(table)}
          <p className="audience-note">{sourceWords(table)}</p>
        </>
      )}
    </section>
  );
}

function sourceWords({ fromMs, toMs, windows, unmeasuredWindows, otherWindows, coveragePercent, basis }: TableSums): string {
  return [
    `${plural(windows, 'window', 'windows')}, ${shortClockTime(fromMs)} to ${shortClockTime(toMs)}, ${String(coveragePercent)} % of it measured.`,
    unmeasuredWindows > 0 ? `${plural(unmeasuredWindows, 'window was', 'windows were')} not measured.` : '',
    otherWindows > 0 ? `${plural(otherWindows, 'window', 'windows')} of an earlier calibration left out.` : '',
    basis.length > 0 ? `By ${basis.join(', ')}.` : '',
  ]
    .filter((sentence) => sentence !== '')
    .join(' ');
}
