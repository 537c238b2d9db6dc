import { type KeyboardEvent, useRef } from 'react';
import type { TimelineEntry, TimelineResponse } from '../../../../src/contract/index.ts';
import { plural } from '../../words/state.ts';
import { clockTime, durationWords } from '../../words/time.ts';
import { type Day, entryKey, marksOf, showingIn } from './days.ts';
import { KIND_WORDS } from './kind-words.ts';

const dayFormat = new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric', month: 'short' });

export interface DayStripParts {
  readonly day: Day;
  readonly timeline: TimelineResponse | undefined;
  /** Of this day, and those that reach into it from others. */
  readonly entries: readonly TimelineEntry[];
  readonly chosen: TimelineEntry | null;
  readonly onChoose: (entry: TimelineEntry) => void;
}

/** A day as a bar: full where plays were shown, with what happened beside them. One stop for the tab key; arrows walk inside. */
export function DayStrip({ day, timeline, entries, chosen, onChoose }: DayStripParts) {
  const strip = useRef<HTMLDivElement>(null);
  const marks = marksOf(day, entries);
  const byTime = marks.toSorted((a, b) => a.entry.atMs - b.entry.atMs);
  const chosenKey = chosen === null ? '' : entryKey(chosen);
  const stop = byTime.find(({ entry }) => entryKey(entry) === chosenKey) ?? byTime[0];

  function walk(event: KeyboardEvent): void {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (by === undefined || stop === undefined) return;
    event.preventDefault();
    const next = byTime[byTime.indexOf(stop) + by];
    if (next === undefined) return;
    onChoose(next.entry);
    strip.current?.querySelector<HTMLElement>(`[data-entry="${entryKey(next.entry)}"]`)?.focus();
  }

  const showing = timeline === undefined ? null : showingIn(day, timeline);
  return (
    <li className="day">
      <p className="day-name">{dayFormat.format(day.fromMs)}</p>
      <div ref={strip} className="day-strip" role="group" aria-label={stripLabel(day, timeline, marks.length)} onKeyDown={walk}>
        {showing !== null && <span className="day-played" style={{ left: `${String(showing.leftPercent)}%`, width: `${String(showing.widthPercent)}%` }} />}
        {marks.map(({ entry, leftPercent, widthPercent }) => {
          const key = entryKey(entry);
          return (
            <button
              key={key}
              type="button"
              data-entry={key}
              className={`mark-entry mark-${entry.kind}${entry.durationMs === null ? ' mark-moment' : ''}`}
              style={{ left: `${String(leftPercent)}%`, width: entry.durationMs === null ? undefined : `${String(widthPercent)}%` }}
              tabIndex={entry === stop?.entry ? 0 : -1}
              aria-pressed={key === chosenKey}
              aria-label={`${KIND_WORDS[entry.kind]} at ${clockTime(entry.atMs)}: ${entry.text}`}
              title={`${clockTime(entry.atMs)} ${KIND_WORDS[entry.kind]}`}
              onClick={() => onChoose(entry)}
            />
          );
        })}
      </div>
      <p className="day-plays">{timeline === undefined ? '…' : timeline.plays === 0 ? <span className="quiet">no play</span> : <DaySum timeline={timeline} />}</p>
    </li>
  );
}

function DaySum({ timeline }: { timeline: TimelineResponse }) {
  return (
    <>
      <b>{plural(timeline.plays, 'play', 'plays')}</b> <span className="quiet">{durationWords(timeline.shownMs)} shown</span>
    </>
  );
}

function stripLabel(day: Day, timeline: TimelineResponse | undefined, events: number): string {
  if (timeline === undefined) return `${dayFormat.format(day.fromMs)}, loading`;
  return `${dayFormat.format(day.fromMs)}: ${plural(timeline.plays, 'play', 'plays')}, ${plural(events, 'event', 'events')}`;
}
