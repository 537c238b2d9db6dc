import { Redirect, useLocation, useParams, useSearch } from 'wouter';
import type { AudienceReport } from '../../../src/contract/index.ts';
import { useFleet } from '../live/fleet-context.tsx';
import { Notice } from '../ui/notice.tsx';
import { durationWords } from '../words/time.ts';
import { AudienceFigures } from './audience-figures.tsx';
import { FloorMap } from './floor-map.tsx';
import { cellWords } from './metric-words.ts';
import { NoisedBars } from './noised-bars.tsx';
import { tableOf } from './numbers.ts';
import { Protection } from './protection.tsx';
import { TableCard } from './table-card.tsx';
import { useAudience } from './use-audience.ts';

const SPANS = [
  { minutes: 60, name: 'Last hour' },
  { minutes: 1_440, name: 'Day' },
  { minutes: 10_080, name: 'Week' },
] as const;
/** What a real site releases by; a shorter window is a demonstration with recorded people. */
const REAL_WINDOW_MS = 900_000;

/** `/audience/:screen`: who was there, as far as a screen says it. */
export function AudiencePage() {
  const { screen } = useParams<{ screen?: string }>();
  const { screens } = useFleet();
  const [, navigate] = useLocation();
  const asked = new URLSearchParams(useSearch()).get('minutes');
  const { minutes } = SPANS.find((span) => String(span.minutes) === asked) ?? SPANS[0];
  const first = screens?.[0];
  if (screen === undefined) return first === undefined ? <Empty waiting={screens === null} /> : <Redirect to={`/audience/${first.id}`} replace />;
  const go = (to: string, span: number): void => navigate(`/audience/${to}?minutes=${String(span)}`, { replace: true });
  return (
    <div className="page">
      <div className="page-head">
        <h1>Audience</h1>
        <label className="screen-choice">
          <span className="visually-hidden">Screen</span>
          <select value={screen} onChange={(event) => go(event.target.value, minutes)}>
            {(screens ?? []).map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <div className="chips" role="group" aria-label="Time">
          {SPANS.map((span) => (
            <button key={span.minutes} className="chip" type="button" aria-pressed={span.minutes === minutes} onClick={() => go(screen, span.minutes)}>
              {span.name}
            </button>
          ))}
        </div>
      </div>
      <Report key={screen} screen={screen} minutes={minutes} />
    </div>
  );
}

function Empty({ waiting }: { waiting: boolean }) {
  return (
    <div className="page" aria-busy={waiting}>
      <div className="page-head">
        <h1>Audience</h1>
      </div>
      {!waiting && (
        <Notice tone="plain" title="No screen yet">
          <p>As soon as a screen has enrolled and releases something of its audience, it is shown here.</p>
        </Notice>
      )}
    </div>
  );
}

function Report({ screen, minutes }: { screen: string; minutes: number }) {
  const { data, error } = useAudience(screen, minutes);
  if (data === undefined) {
    return error === null ? (
      <div className="card skeleton audience-skeleton" aria-busy="true" />
    ) : (
      <Notice tone="bad" title="The audience could not be read">
        <p>{error.message}</p>
      </Notice>
    );
  }
  return <Released report={data} />;
}

function Released({ report }: { report: AudienceReport }) {
  const { tables, visits } = report;
  const stay = tableOf(tables, 'floor-stay');
  const shortest = Math.min(...[...tables, ...(visits === null ? [] : [visits])].map(({ windowMs }) => windowMs));
  return (
    <>
      {shortest < REAL_WINDOW_MS && (
        <p className="demo-note">
          <b>A demonstration.</b> This screen releases every {durationWords(shortest)}; a real site releases every 15 minutes or less often, so that a window holds more people.
        </p>
      )}
      <section className="card audience-card" aria-label="In sum">
        <AudienceFigures report={report} />
        <p className="audience-note">Noise is added on the screen. 95 times in 100 the true sum is within the ± that stands beside it.</p>
      </section>
      <div className="audience-grid">
        <TableCard title="Age" table={tableOf(tables, 'age-band')} missing="The site’s policy does not list it, or permits no estimate of age and gender.">
          {(table) => <NoisedBars table={table} nameOf={cellWords} unit="visits" />}
        </TableCard>
        <TableCard title="Gender" table={tableOf(tables, 'gender')} missing="The site’s policy does not list it, or permits no estimate of age and gender.">
          {(table) => <NoisedBars table={table} nameOf={cellWords} unit="visits" />}
        </TableCard>
        <TableCard title="Looking at shelves" table={tableOf(tables, 'zone-looking')} missing="The site’s policy does not list it, or nobody drew shelves: litfass calibrate.">
          {(table) => <NoisedBars table={table} nameOf={cellWords} unit="seconds" />}
        </TableCard>
        <TableCard title="Reaching into shelves" table={tableOf(tables, 'zone-reach')} missing="The site’s policy does not list it, or nobody drew shelves: litfass calibrate.">
          {(table) => <NoisedBars table={table} nameOf={cellWords} unit="reaches" />}
        </TableCard>
        <TableCard title="Time on the floor" wide table={stay} missing="The site’s policy does not list it, or the camera was not calibrated: litfass calibrate.">
          {(table) => <FloorMap stay={table} steps={tableOf(tables, 'floor-steps')} />}
        </TableCard>
        {tableOf(tables, 'smiling') !== undefined && (
          <TableCard title="Smiling" table={tableOf(tables, 'smiling')} missing="">
            {(table) => <NoisedBars table={table} nameOf={cellWords} unit="seconds" />}
          </TableCard>
        )}
        <Protection report={report} />
      </div>
    </>
  );
}
