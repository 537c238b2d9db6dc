import { useState } from 'react';
import { Link, useLocation, useParams, useSearch } from 'wouter';
import { TIMELINE_KINDS, type TimelineEntry } from '../../../../src/contract/index.ts';
import { useFleet } from '../../live/fleet-context.tsx';
import { useHubNow } from '../../live/use-hub-now.ts';
import { Notice } from '../../ui/notice.tsx';
import { plural } from '../../words/state.ts';
import { DayStrip } from './day-strip.tsx';
import { dayName, daysUpTo, entryKey, gapsBetween } from './days.ts';
import { EntryList } from './entry-list.tsx';
import { KIND_WORDS } from './kind-words.ts';
import { useDays } from './use-days.ts';

const LENGTHS = [7, 14, 28] as const;
const HOURS = [0, 6, 12, 18, 24] as const;

/** `/audit/timeline/:screen`: day by day, what a screen showed and what happened beside it. */
export function TimelinePage() {
  const { screen } = useParams<{ screen: string }>();
  const [, navigate] = useLocation();
  const asked = new URLSearchParams(useSearch());
  const today = dayName(useHubNow());
  const last = asked.get('to') ?? today;
  const length = LENGTHS.find((days) => String(days) === asked.get('days')) ?? LENGTHS[0];
  const days = daysUpTo(last, length);
  const answers = useDays(screen, days);
  const [chosen, setChosen] = useState<TimelineEntry | null>(null);
  const [hidden, setHidden] = useState<ReadonlySet<TimelineEntry['kind']>>(new Set());

  const go = (to: string, count: number): void => navigate(`/audit/timeline/${screen}?to=${to}&days=${String(count)}`, { replace: true });
  const fault = answers.find(({ error }) => error !== null)?.error;
  const known = answers.flatMap(({ data }) => data ?? []);
  const entries = unique([...known.flatMap((day) => day.entries), ...gapsBetween(known)]);
  const plays = known.reduce((sum, day) => sum + day.plays, 0);
  const name = useFleet().screens?.find(({ id }) => id === screen)?.name ?? screen;

  return (
    <div className="page">
      <div className="page-head audit-head">
        <h1>{name}</h1>
        <p className="crumbs quiet">
          <Link href="/audit">Audit</Link> · <Link href={`/audit?screen=${screen}`}>its plays</Link> · times are in your own zone
        </p>
      </div>
      <div className="timeline-range">
        <label className="field">
          <span>Up to</span>
          <input type="date" value={last} max={today} onChange={(event) => event.target.value !== '' && go(event.target.value, length)} />
        </label>
        <div className="chips" role="group" aria-label="How many days">
          {LENGTHS.map((count) => (
            <button key={count} className="chip" type="button" aria-pressed={count === length} onClick={() => go(last, count)}>
              {count} days
            </button>
          ))}
        </div>
        <p className="timeline-sum">
          <b>{plural(plays, 'play', 'plays')}</b> <span className="quiet">and {plural(entries.length, 'event', 'events')}</span>
        </p>
      </div>
      {fault && (
        <Notice tone="bad" title="The timeline could not be read">
          <p>{fault.message}</p>
        </Notice>
      )}
      <section className="card timeline" aria-label="Days">
        <div className="day-hours" aria-hidden="true">
          {HOURS.map((hour) => (
            <span key={hour}>{String(hour).padStart(2, '0')}</span>
          ))}
        </div>
        <ul className="days">
          {days.map((day, index) => (
            <DayStrip key={day.name} day={day} timeline={answers[index]?.data} entries={entries} chosen={chosen} onChoose={setChosen} />
          ))}
        </ul>
        <Legend />
      </section>
      <Kinds entries={entries} hidden={hidden} onToggle={(kind) => setHidden((before) => toggled(before, kind))} />
      <EntryList screen={screen} entries={entries.filter(({ kind }) => !hidden.has(kind))} chosen={chosen} />
      {entries.length === 0 && answers.every(({ isSuccess }) => isSuccess) && <p className="quiet">Nothing happened beside the plays.</p>}
    </div>
  );
}

function Legend() {
  return (
    <ul className="timeline-legend" aria-hidden="true">
      <li className="legend-played">showing</li>
      <li className="legend-none">no play</li>
      {TIMELINE_KINDS.map((kind) => (
        <li key={kind}>
          <span className={`legend-mark mark-${kind}`} />
          {KIND_WORDS[kind].toLowerCase()}
        </li>
      ))}
    </ul>
  );
}

function Kinds({ entries, hidden, onToggle }: { entries: readonly TimelineEntry[]; hidden: ReadonlySet<TimelineEntry['kind']>; onToggle: (kind: TimelineEntry['kind']) => void }) {
  const present = TIMELINE_KINDS.filter((kind) => entries.some((entry) => entry.kind === kind));
  if (present.length < 2) return null;
  return (
    <div className="chips timeline-kinds" role="group" aria-label="Show">
      {present.map((kind) => (
        <button key={kind} className="chip" type="button" aria-pressed={!hidden.has(kind)} onClick={() => onToggle(kind)}>
          {KIND_WORDS[kind]} <b>{entries.filter((entry) => entry.kind === kind).length}</b>
        </button>
      ))}
    </div>
  );
}

function toggled<Item>(before: ReadonlySet<Item>, item: Item): ReadonlySet<Item> {
  const after = new Set(before);
  if (!after.delete(item)) after.add(item);
  return after;
}

/** What lasts over midnight is told for both days. */
function unique(entries: readonly TimelineEntry[]): TimelineEntry[] {
  return [...new Map(entries.map((entry) => [entryKey(entry), entry])).values()].sort((a, b) => b.atMs - a.atMs);
}
