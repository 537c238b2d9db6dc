import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { ScreenClock, ScreenView } from '../../../src/contract/index.ts';
import { screenClockWords } from '../words/clock.ts';
import { SENSOR_WORDS } from '../words/state.ts';

/** How the screen is, in one line. */
export function ScreenFacts({ screen }: { screen: ScreenView }) {
  const { status, plays } = screen;
  return (
    <dl className="facts">
      <Fact name="Plays today">
        <Link href={`/impressions?screen=${screen.id}`}>{plays.today.toLocaleString('en')}</Link>
        <span className="quiet"> of {plays.total.toLocaleString('en')} in all</span>
      </Fact>
      <Fact name="Programme" odd={status !== null && status.programmeVersion !== screen.wantedProgrammeVersion}>
        {programmeWords(screen)}
      </Fact>
      <Fact name="Sensor" odd={status?.sensor === 'blind'}>
        {status === null ? 'Unknown' : SENSOR_WORDS[status.sensor]}
      </Fact>
      <Fact name="Waiting to be sent" odd={status !== null && status.backlog > 500}>
        {status === null ? 'Unknown' : status.backlog === 0 ? 'Nothing' : status.backlog === 1 ? '1 row' : `${status.backlog.toLocaleString('en')} rows`}
      </Fact>
      <ClockFact clock={status?.clock} />
      <Fact name="Player">{status === null ? 'Unknown' : `${status.version} · ${status.shell}`}</Fact>
      <Fact name="Id">{screen.id}</Fact>
    </dl>
  );
}

/** What its times rest on: everything that it writes down, and when it changes to the next creative. */
function ClockFact({ clock }: { clock: ScreenClock | undefined }) {
  if (clock === undefined) return <Fact name="Clock">Unknown</Fact>;
  const { words, odd } = screenClockWords(clock);
  return (
    <Fact name="Clock" odd={odd}>
      {words}
    </Fact>
  );
}

function Fact({ name, odd = false, children }: { name: string; odd?: boolean; children: ReactNode }) {
  return (
    <div className={odd ? 'fact fact-odd' : 'fact'}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function programmeWords({ status, wantedProgrammeVersion }: ScreenView): string {
  if (wantedProgrammeVersion === 0) return 'None published';
  const wanted = String(wantedProgrammeVersion);
  if (status === null || status.programmeVersion === 0) return `Version ${wanted} on its way`;
  return status.programmeVersion === wantedProgrammeVersion ? `Version ${wanted}` : `Version ${String(status.programmeVersion)}, ${wanted} on its way`;
}
