import { Link } from 'wouter';
import type { ImpressionView } from '../../../../src/contract/index.ts';
import { CreativeCell, EndCell, PlayColumns } from '../../impressions/play-cells.tsx';
import { UnsetClock } from '../../ui/unset-clock.tsx';
import { clockTime, dayOf, durationWords, wholeTime } from '../../words/time.ts';
import { recordPath, useAuditLogs } from '../audit-queries.ts';

const COLUMNS = ['Time', 'Creative', 'Screen', 'On screen', 'End', 'Row in the log', 'Checkpoint'];

/** Plays that lead to their proof. */
export function PlayTable({ rows }: { rows: readonly ImpressionView[] }) {
  const logs = useAuditLogs().data?.logs;
  return (
    <table className="impressions audit-plays">
      <caption className="visually-hidden">Plays, newest first. Each leads to its proof.</caption>
      <PlayColumns names={COLUMNS} />
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
        <span className="quiet">{dayOf(row.startedMs)}</span> <UnsetClock clock={row.clock} />
      </td>
      <CreativeCell row={row} />
      <td className="cell-screen">{row.screenName}</td>
      <td className="cell-duration">{durationWords(row.durationMs)}</td>
      <EndCell row={row} />
      <td className="cell-place">{row.seq.toLocaleString('en')}</td>
      <td className="cell-covered">{coveredRows === undefined ? '' : row.seq < coveredRows ? <span className="covered">Covered</span> : <span className="quiet">Not yet</span>}</td>
    </tr>
  );
}
