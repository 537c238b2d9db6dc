import { Link } from 'wouter';
import type { Alarm, AuditLog } from '../../../../src/contract/index.ts';
import { Notice } from '../../ui/notice.tsx';
import { plural } from '../../words/state.ts';
import { wholeTime } from '../../words/time.ts';
import { AuditHead } from '../audit-head.tsx';
import { useAlarms, useAuditLogs } from '../audit-queries.ts';
import { believedKeys } from './believed-keys.ts';
import { KeyCard } from './key-card.tsx';
import { PinForm } from './pin-form.tsx';
import { usePinnedKeys } from './pinned-keys.ts';

/** Every log that the hub keeps: how far it is covered, what was refused, and with whose keys it is checked. */
export function LogsPage() {
  const logs = useAuditLogs();
  const alarms = useAlarms('');
  const { keys: pinned, fault } = usePinnedKeys();
  const refused = logs.error ?? alarms.error;
  return (
    <div className="page">
      <AuditHead title="Logs and keys">One log for each disk that a screen has had. A log is never rewritten; a new disk begins a new one.</AuditHead>
      {refused !== null && (
        <Notice tone="bad" title="The logs could not be read">
          <p>{refused.message}</p>
        </Notice>
      )}
      {fault !== '' && <p role="alert">{fault}</p>}
      {alarms.data !== undefined && <Alarms alarms={alarms.data.alarms} />}
      {logs.isPending && <div className="table-skeleton skeleton" aria-busy="true" />}
      {logs.data?.logs.length === 0 && (
        <Notice tone="plain" title="No log yet">
          <p>As soon as a screen has finished its first play, its log stands here.</p>
        </Notice>
      )}
      <div className="logs">
        {logs.data?.logs.map((log) => {
          const { screen } = believedKeys(log.origin, logs.data, pinned);
          return (
            <section key={log.origin} className="card" aria-label={`Log of ${log.screenName}`}>
              <LogHead log={log} />
              {screen !== null && <KeyCard role="Screen" believed={screen} />}
            </section>
          );
        })}
        {logs.data !== undefined && (
          <section className="card" aria-labelledby="witnesses">
            <h2 id="witnesses">Witnesses</h2>
            <p className="quiet">A witness cosigns a checkpoint only if it grew from the one it saw before. The hub is the first; one that somebody else runs makes trust in the hub needless.</p>
            {believedKeys('', logs.data, pinned).witnesses.map((witness) => (
              <KeyCard key={witness.name} role={logs.data.witnesses.find(({ key }) => key === witness.key)?.role === 'hub' ? 'This hub' : witness.name} believed={witness} />
            ))}
            <PinForm hint="A key of a screen or witness that you got elsewhere" />
          </section>
        )}
      </div>
    </div>
  );
}

function LogHead({ log }: { log: AuditLog }) {
  const percent = log.rows === 0 ? 100 : (log.witnessedRows / log.rows) * 100;
  return (
    <>
      <h2>
        {log.screenName} <Link href={`/audit/timeline/${log.screenId}`}>Timeline</Link>
      </h2>
      <p className="log-origin mono quiet">{log.origin}</p>
      <p className="log-cover">
        <b>{plural(log.rows, 'row', 'rows')}</b>, {log.witnessedRows === log.rows ? 'all' : log.witnessedRows.toLocaleString('en')} covered by a checkpoint
        {log.secondWitnessRows === null ? '' : `, ${log.secondWitnessRows.toLocaleString('en')} cosigned by a second witness`}
      </p>
      <span className="meter log-meter" aria-hidden="true">
        <span style={{ width: `${String(percent)}%` }} />
      </span>
      <p className="quiet">
        {log.firstReceivedMs === null || log.lastReceivedMs === null ? 'Nothing received' : `Received from ${wholeTime(log.firstReceivedMs)} to ${wholeTime(log.lastReceivedMs)}`}
        {log.alarms > 0 && <b className="log-alarms"> · {plural(log.alarms, 'alarm', 'alarms')}</b>}
      </p>
    </>
  );
}

function Alarms({ alarms }: { alarms: readonly Alarm[] }) {
  if (alarms.length === 0) return null;
  return (
    <Notice tone="bad" title={plural(alarms.length, 'alarm', 'alarms')}>
      <ul className="alarms">
        {alarms.map((alarm) => (
          <li key={alarm.id}>
            <b>{alarm.code}</b> at <Link href={`/audit/timeline/${alarm.screenId}`}>{alarm.screenId}</Link>, {wholeTime(alarm.atMs)}: {alarm.message}
            {alarm.checkpoint !== null && (
              <details>
                <summary>The signed checkpoint that shows it</summary>
                <pre>{alarm.checkpoint}</pre>
              </details>
            )}
          </li>
        ))}
      </ul>
    </Notice>
  );
}
