import type { TableSums } from '../../../src/contract/index.ts';
import { figure, inPeople, shown } from './numbers.ts';

export interface NoisedBarsProps {
  readonly table: TableSums;
  /** Name of a cell in words. */
  readonly nameOf: (cell: string) => string;
  /** What is counted: `visits`, `s`. */
  readonly unit: string;
}

/** One bar a cell, with the interval of its noise as a whisker. A grey bar does not stand out of the noise of all of them. */
export function NoisedBars({ table, nameOf, unit }: NoisedBarsProps) {
  const { cells, plusMinus, jointPlusMinus } = inPeople(table);
  const top = Math.max(1, ...cells.map(({ value }) => shown(value) + plusMinus));
  const across = (value: number): number => (shown(value) / top) * 100;
  return (
    <ul className="noised-bars">
      {cells.map(({ cell, value }) => (
        <li key={cell} className={value > jointPlusMinus ? undefined : 'within-noise'}>
          <span className="noised-name">{nameOf(cell)}</span>
          <svg viewBox="0 0 100 12" preserveAspectRatio="none" aria-hidden="true">
            <rect className="noised-track" width="100" height="12" rx="0" />
            <rect className="noised-bar" width={across(value)} height="12" />
            <rect className="noised-whisker" x={across(value - plusMinus)} y="5" width={across(value + plusMinus) - across(value - plusMinus)} height="2" />
          </svg>
          <span className="noised-value">
            <b>{figure(shown(value), plusMinus)}</b> <span className="plus-minus">± {figure(plusMinus)}</span>
            <span className="visually-hidden"> {unit}</span>
          </span>
        </li>
      ))}
    </ul>
  );
}
