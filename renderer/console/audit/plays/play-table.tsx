import { Link } from 'wouter';
import type { ImpressionView } from '../../../../src/contract/index.ts';
import { Thumbnail } from '../../impressions/thumbnail.tsx';
import { END_WORDS } from '../../words/state.ts';
import { clockTime, dayOf, durationWords, wholeTime } from '../../words/time.ts';
import { recordPath, useAuditLogs } from '../audit-queries.ts';

const COLUMNS = ['Time', 'Creative', 'Screen', 'On screen', 'End', 'Row in the log', 'Checkpoint'];

/** Plays that lead to their proof. */
export function PlayTable({ rows }: { rows: readonly ImpressionView[] }) {
  const logs = useAuditLogs().data?.logs;
  return (
    <table className="impressions audit-plays">
      <caption className="visually-hidden">Plays, newest first. Each leads to its proof.</caption>
      <thead>
        <tr>
          {COLUMNS.map((column) => (
            <th key={column} scope="col">
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <PlayRow key={`${row.epoch}-${String(row.seq)}`} row={row} coveredRows={logs?.find(({ epoch, screenId }) => epoch === row.epoch && screenId === row.screenId)?.witnessedRows} />
        ))}
      </tbody>
    </table>
  );
}

function PlayRow({ row, coveredRows }: { row: ImpressionView; coveredRows: number | undefined }) {
  return (
    <tr className="impression">
      <td className="cell-time" title={wholeTime(row.startedMs)}>
        <Link className="row-link" href={recordPath({ screen: row.screenId, epoch: row.epoch, seq: String(row.seq) })} aria-label={`Proof of ${row.creativeName} at ${wholeTime(row.startedMs)}`}>
          <b>{clockTime(row.startedMs)}</b>
        </Link>{' '}
        <span className="quiet">{dayOf(row.startedMs)}</span>
      </td>
      <td className="cell-creative">
        <Thumbnail kind={row.kind} sha256={row.sha256} />
        <span>
          <b>{row.creativeName}</b>
          <span className="quiet">{row.campaign}</span>
        </span>
      </td>
      <td className="cell-screen">{row.screenName}</td>
      <td className="cell-duration">{durationWords(row.durationMs)}</td>
      <td className="cell-end">
        <span className={`end end-${row.endReason}`}>{END_WORDS[row.endReason]}</span>
      </td>
      <td className="cell-place">{row.seq.toLocaleString('en')}</td>
      <td className="cell-covered">{coveredRows === undefined ? '' : row.seq < coveredRows ? <span className="covered">Covered</span> : <span className="quiet">Not yet</span>}</td>
    </tr>
  );
}
