import { memo } from 'react';
import type { ImpressionView } from '../../../src/contract/index.ts';
import { reasonWords } from '../words/reason.ts';
import { END_WORDS } from '../words/state.ts';
import { clockTime, dayOf, durationWords, wholeTime } from '../words/time.ts';
import { ImpressionRecord } from './impression-record.tsx';
import { Thumbnail } from './thumbnail.tsx';

export const ImpressionRow = memo(function ImpressionRow({ id, row, open, onToggle }: { id: string; row: ImpressionView; open: boolean; onToggle: (id: string) => void }) {
  return (
    <>
      <tr className={open ? 'impression is-open' : 'impression'} onClick={() => onToggle(id)}>
        <td className="cell-time" title={wholeTime(row.startedMs)}>
          <button className="disclose" type="button" aria-expanded={open} aria-controls={`${id}-record`} aria-label={`Record of ${row.creativeName} at ${wholeTime(row.startedMs)}`} />
          <span>
            <b>{clockTime(row.startedMs)}</b> <span className="quiet">{dayOf(row.startedMs)}</span>
          </span>
        </td>
        <td className="cell-creative">
          <Thumbnail kind={row.kind} sha256={row.sha256} />
          <span>
            <b>{row.creativeName}</b>
            <span className="quiet">{row.campaign}</span>
          </span>
        </td>
        <td className="cell-screen">{row.screenName}</td>
        <td className="cell-why">{reasonWords(row.reason)}</td>
        <td className="cell-duration">
          <Duration shownMs={row.durationMs} plannedMs={row.plannedMs} />
        </td>
        <td className="cell-frames">{row.presentedFrames.toLocaleString('en')}</td>
        <td className="cell-end">
          <span className={`end end-${row.endReason}`}>{END_WORDS[row.endReason]}</span>
        </td>
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
