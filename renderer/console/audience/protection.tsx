import type { AudienceReport, TableSums } from '../../../src/contract/index.ts';
import { plural } from '../words/state.ts';
import { durationWords } from '../words/time.ts';
import { METRIC_WORDS } from './metric-words.ts';

/** What protects the people behind the numbers, and by how much, in words and in the figures that an expert asks for. */
export function Protection({ report }: { report: AudienceReport }) {
  const { visits, tables } = report;
  const released = [
    ...(visits === null ? [] : [{ name: 'Visits', windowMs: visits.windowMs, most: '1 visit', numerator: visits.epsilonNumerator, denominator: visits.epsilonDenominator }]),
    ...tables.map((table) => ({ name: METRIC_WORDS[table.metric], windowMs: table.windowMs, most: mostWords(table), numerator: table.epsilonNumerator, denominator: table.epsilonDenominator })),
  ];
  const total = released.reduce((sum, { numerator, denominator }) => sum + numerator / denominator, 0);
  return (
    <section className="card audience-card protection" aria-label="What protects people">
      <h2>What protects people</h2>
      <p>
        No picture, face or track leaves the screen, and no count does as it is. What a visit adds to each table is bounded, noise is drawn on the screen for every cell, and each window is released once, also
        when nobody came. Whoever sees all of it cannot tell whether one particular visit took place: it changes the odds by a factor of {Math.exp(total).toFixed(1)} at the most.
      </p>
      <p className="quiet">The promise is for a visit. Somebody who comes every day is a visit every day.</p>
      {released.length > 0 && (
        <div className="protection-table">
          <table>
            <thead>
              <tr>
                <th scope="col">Released</th>
                <th scope="col">every</th>
                <th scope="col">a visit adds at most</th>
                <th scope="col">epsilon</th>
              </tr>
            </thead>
            <tbody>
              {released.map(({ name, windowMs, most, numerator, denominator }) => (
                <tr key={name}>
                  <th scope="row">{name}</th>
                  <td>{durationWords(windowMs)}</td>
                  <td>{most}</td>
                  <td>{denominator === 1 ? numerator : `${String(numerator)}/${String(denominator)}`}</td>
                </tr>
              ))}
            </tbody>
            <tfoot>
              <tr>
                <th scope="row" colSpan={3}>
                  All together; 2 is the most that a programme may spend
                </th>
                <td>{total.toLocaleString('en', { maximumFractionDigits: 2 })}</td>
              </tr>
            </tfoot>
          </table>
        </div>
      )}
    </section>
  );
}

function mostWords({ perVisit, unit }: TableSums): string {
  if (unit === 'visits/1000') return plural(perVisit / 1_000, 'visit', 'visits');
  return unit === 'visits' ? plural(perVisit, 'visit', 'visits') : `${String(perVisit)} ${unit}`;
}
