import { memo } from 'react';
import type { ImpressionView } from '../../../src/contract/index.ts';
import { reasonWords } from '../words/reason.ts';
import { clockTime, dayOf, durationWords, wholeTime } from '../words/time.ts';
import { UnsetClock } from '../ui/unset-clock.tsx';
import { ImpressionRecord } from './impression-record.tsx';
import { CreativeCell, EndCell } from './play-cells.tsx';

export const ImpressionRow = memo(function ImpressionRow({ id, row, open, onToggle }: { id: string; row: ImpressionView; open: boolean; onToggle: (id: string) => void }) {
  return (
    <>
      <tr className={open ? 'impression is-open' : 'impression'} onClick={() => onToggle(id)}>
        <td className="cell-time" title={wholeTime(row.startedMs)}>
          <button className="disclose" type="button" aria-expanded={open} aria-controls={`${id}-record`} aria-label={`Record of ${row.creativeName} at ${wholeTime(row.startedMs)}`} />
          <span>
            <b>{clockTime(row.startedMs)}</b> <span className="quiet">{dayOf(row.startedMs)}</span> <UnsetClock clock={row.clock} />
          </span>
        </td>
        <CreativeCell row={row} />
        <td className="cell-screen">{row.screenName}</td>
        <td className="cell-why">{reasonWords(row.reason)}</td>
        <td className="cell-duration">
          <Duration shownMs={row.durationMs} plannedMs={row.plannedMs} />
        </td>
        <td className="cell-frames">{row.presentedFrames.toLocaleString('en')}</td>
        <EndCell row={row} />
        <td className="cell-received quiet" title={wholeTime(row.receivedMs)}>
          {clockTime(row.receivedMs)}
        </td>
      </tr>
      {open && (
        <tr className="record-row" id={`${id}-record`}>
          <td colSpan={8}>
            <ImpressionRecord row={row} />
          </td>
        </tr>
      )}
    </>
  );
});

function Duration({ shownMs, plannedMs }: { shownMs: number; plannedMs: number }) {
  const percent = plannedMs === 0 ? 100 : Math.min(100, (shownMs / plannedMs) * 100);
  return (
    <>
      <span>
        {durationWords(shownMs)} <span className="quiet">of {durationWords(plannedMs)}</span>
      </span>
      <span className="meter" aria-hidden="true">
        <span style={{ width: `${String(percent)}%` }} />
      </span>
    </>
  );
}
