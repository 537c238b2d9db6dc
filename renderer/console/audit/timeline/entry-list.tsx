import { useEffect, useRef } from 'react';
import { Link } from 'wouter';
import type { TimelineEntry } from '../../../../src/contract/index.ts';
import { UnsetClock } from '../../ui/unset-clock.tsx';
import { clockTime, dayOf, durationWords } from '../../words/time.ts';
import { recordPath } from '../audit-queries.ts';
import { entryKey } from './days.ts';
import { KIND_WORDS } from './kind-words.ts';

/** The same events as words, newest first. */
export function EntryList({ screen, entries, chosen }: { screen: string; entries: readonly TimelineEntry[]; chosen: TimelineEntry | null }) {
  return (
    <ol className="entries">
      {entries.map((entry) => (
        <Entry key={entryKey(entry)} screen={screen} entry={entry} chosen={chosen !== null && entryKey(chosen) === entryKey(entry)} />
      ))}
    </ol>
  );
}

function Entry({ screen, entry, chosen }: { screen: string; entry: TimelineEntry; chosen: boolean }) {
  const line = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (chosen) line.current?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);
  return (
    <li ref={line} className={chosen ? 'entry is-chosen' : 'entry'}>
      <span className="entry-time">
        <b>{clockTime(entry.atMs)}</b> <span className="quiet">{dayOf(entry.atMs)}</span> <UnsetClock clock={entry.clock} />
      </span>
      <span className={`entry-kind kind-${entry.kind}`}>{KIND_WORDS[entry.kind]}</span>
      <span className="entry-text">
        {entry.text}
        {entry.durationMs !== null && <span className="quiet"> {durationWords(entry.durationMs)}</span>}
      </span>
      {entry.epoch !== null && entry.seq !== null && <Link href={recordPath({ screen, epoch: entry.epoch, seq: String(entry.seq) })}>Record</Link>}
    </li>
  );
}
