import type { NoisedEstimate, TableMetric, TableSums } from '../../../src/contract/index.ts';

/** What is shown of an estimate: nobody reads negative people. The record keeps the sign. */
export function shown(value: number): number {
  return Math.max(0, value);
}

/** `1 240`, `12.4`, `0.62`: three digits where there are any, and none that are finer than those of its noise. */
export function figure(value: number, plusMinus = 0): string {
  const size = Math.max(Math.abs(value), plusMinus);
  return value.toLocaleString('en', { maximumFractionDigits: size >= 100 ? 0 : size >= 10 ? 1 : 2 });
}

/** The table's cells in the unit that a person thinks in: visits instead of thousandths. */
export function inPeople(table: TableSums): { readonly cells: TableSums['cells']; readonly plusMinus: number; readonly jointPlusMinus: number } {
  const divisor = table.unit === 'visits/1000' ? 1_000 : 1;
  return { cells: table.cells.map(({ cell, value }) => ({ cell, value: value / divisor })), plusMinus: table.plusMinus / divisor, jointPlusMinus: table.jointPlusMinus / divisor };
}

export function tableOf(tables: readonly TableSums[], metric: TableMetric): TableSums | undefined {
  return tables.find((table) => table.metric === metric);
}

/** The whole of a table of one cell. */
export function single(table: TableSums | undefined): NoisedEstimate | null {
  const [cell] = table?.cells ?? [];
  return table === undefined || table.windows === 0 || cell === undefined ? null : { value: cell.value, plusMinus: table.plusMinus };
}
