import { Link } from 'wouter';
import type { ScreenView, StatusReport } from '../../../src/contract/index.ts';
import { VisitsChart } from './visits-chart.tsx';

type Estimate = NonNullable<ScreenView['audience']>;

/** Who was there, as far as it may be said: sums with noise, and how much noise. */
export function AudiencePanel({ screenId, audience, sensor }: { screenId: string; audience: Estimate | null; sensor: StatusReport['sensor'] | null }) {
  return (
    <section className="audience" aria-label="Audience">
      {audience === null ? <NothingReleased sensor={sensor} /> : isMeasured(audience) ? <Measured audience={audience} /> : <NotMeasured audience={audience} />}
      <Link className="audience-more" href={`/audience/${screenId}`}>
        Age, attention, floor
      </Link>
    </section>
  );
}

function isMeasured({ cells, minutes }: Estimate): boolean {
  const newest = cells[0];
  if (newest === undefined) return false;
  const fromMs = newest.windowStartMs + newest.windowMs - minutes * 60_000;
  return cells.some((cell) => cell.coveragePercent > 0 && cell.windowStartMs + cell.windowMs > fromMs);
}

/** Sums stay signed in the records; a person reads no negative visits. */
function Measured({ audience }: { audience: Estimate }) {
  const visits = Math.max(0, audience.visits);
  const watched = Math.min(visits, Math.max(0, audience.watched));
  return (
    <>
      <p className="audience-label">Audience, last {audience.minutes} min</p>
      <p className="audience-sum">
        <b>{visits}</b> {visits === 1 ? 'visit' : 'visits'} <span className="plus-minus">± {audience.plusMinus}</span>
      </p>
      <ul className="legend">
        <li className="legend-watched">{watched} watched</li>
        <li className="legend-passed">{visits - watched} passed</li>
        {audience.cells.some(({ coveragePercent }) => coveragePercent === 0) && <li className="legend-unmeasured">not measured</li>}
      </ul>
      <VisitsChart cells={audience.cells} />
      <p className="audience-note">Noise is added on the screen, so no single person can be read from this. 95 times in 100 the true sum is within ± {audience.plusMinus}.</p>
    </>
  );
}

function NotMeasured({ audience }: { audience: Estimate }) {
  return (
    <>
      <p className="audience-label">Audience, last {audience.minutes} min</p>
      <p className="audience-sum">
        <b>Not measured</b>
      </p>
      <VisitsChart cells={audience.cells} />
      <p className="audience-note">The camera could not see. That says nothing about how many people were there.</p>
    </>
  );
}

function NothingReleased({ sensor }: { sensor: StatusReport['sensor'] | null }) {
  return (
    <>
      <p className="audience-label">Audience</p>
      <p className="audience-sum">
        <b>{sensor === 'off' || sensor === 'absent' ? 'Not measured' : 'No count yet'}</b>
      </p>
      <p className="audience-note">
        {sensor === 'off' || sensor === 'absent'
          ? 'Nobody is counted at this screen.'
          : 'The first noised count is released when its window closes.'}
      </p>
    </>
  );
}
