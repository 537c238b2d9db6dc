import { useEffect } from 'react';
import { Link, useParams } from 'wouter';
import type { AuditRecord } from '../../../../src/contract/index.ts';
import { Thumbnail } from '../../impressions/thumbnail.tsx';
import { Notice } from '../../ui/notice.tsx';
import { clockTime, wholeTime } from '../../words/time.ts';
import { type RecordPlace, recordApiPath, useAuditLogs, useAuditRecord } from '../audit-queries.ts';
import type { RecordReport } from '../verify/index.ts';
import { believedKeys } from '../keys/believed-keys.ts';
import { usePinnedKeys } from '../keys/pinned-keys.ts';
import { CheckList } from './check-list.tsx';
import { KeySection } from './key-section.tsx';
import { LeafDownload } from './leaf-download.tsx';
import { MediaCheck } from './media-check.tsx';
import { NotProven } from './not-proven.tsx';
import { PathDiagram } from './path-diagram.tsx';
import { type RecordWords, recordWords } from './record-words.ts';
import { useVerification } from './use-verification.ts';
import { Verdict } from './verdict.tsx';

/** `/audit/:screen/:epoch/:seq`: one record, what it says, and whether that can be believed. */
export function RecordPage() {
  const place = useParams<Record<keyof RecordPlace, string>>();
  const record = useAuditRecord(place);
  const logs = useAuditLogs();
  const { keys: pinned } = usePinnedKeys();
  const believed = logs.data === undefined ? null : believedKeys(`litfass/${place.screen}/${place.epoch}`, logs.data, pinned);
  const verification = useVerification(place, record.data, believed);
  const fault = record.error ?? logs.error ?? verification.error;
  const report = verification.data?.kind === 'checked' ? verification.data.report : null;

  useEffect(() => {
    window.scrollTo({ top: 0 });
  }, [place.screen, place.epoch, place.seq]);

  if (fault !== null) {
    return (
      <div className="page">
        <Crumbs place={place} title="A record" />
        <Notice tone="bad" title="This record cannot be checked">
          <p>{fault.message}</p>
        </Notice>
      </div>
    );
  }
  if (record.data === undefined) return <div className="page"><div className="table-skeleton skeleton" aria-busy="true" /></div>;
  const words = recordWords(record.data.leaf);
  return (
    <div className="page audit-record">
      <Crumbs place={place} title={words.title} atMs={words.atMs} />
      <Verdict verification={verification.data} believed={believed}>
        <button className="button" type="button" onClick={() => void record.refetch().then(() => verification.refetch())}>
          Check again
        </button>
        {record.data.proof !== null && (
          <a className="button" href={`${recordApiPath(place)}/tlog-proof`} download={`${place.screen}-${place.seq}.tlog-proof`}>
            Proof
          </a>
        )}
        <LeafDownload leaf={record.data.leaf} name={`${place.screen}-${place.seq}.leaf`} />
      </Verdict>
      <div className="audit-columns">
        <div className="audit-column">
          <RecordSection record={record.data} words={words} />
          <NotProven play={words.play} />
        </div>
        {report !== null && <ChecksSection key={verification.dataUpdatedAt} report={report} />}
      </div>
      {believed !== null && <KeySection believed={believed} />}
      <RawText record={record.data} />
    </div>
  );
}

function Crumbs({ place, title, atMs = null }: { place: RecordPlace; title: string; atMs?: number | null }) {
  return (
    <div className="page-head audit-head">
      <h1>
        {title}
        {atMs !== null && <span className="quiet"> at {clockTime(atMs)}</span>}
      </h1>
      <p className="crumbs quiet">
        <Link href="/audit">Audit</Link> · <Link href={`/audit/timeline/${place.screen}`}>{place.screen}</Link> · row {place.seq}
      </p>
    </div>
  );
}

function RecordSection({ record, words }: { record: AuditRecord; words: RecordWords }) {
  return (
    <section className="card card-record" aria-labelledby="record">
      <h2 id="record">What the record says</h2>
      {record.flag !== null && <p className="record-flag">The hub counts this row nowhere: {record.flag}. It stands in the log all the same.</p>}
      {words.play !== null && (
        <div className="record-media">
          <Thumbnail kind={words.play.creative.kind} sha256={words.play.creative.sha256} />
          <MediaCheck sha256={words.play.creative.sha256} />
        </div>
      )}
      <dl className="record-facts">
        {words.facts.map(({ name, value, mono }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd className={mono === true ? 'mono' : undefined}>{value}</dd>
          </div>
        ))}
      </dl>
      <p className="quiet record-hub">
        By the hub’s own word: received {wholeTime(record.receivedMs)}
        {record.correctedMs === null ? '' : `, begun ${clockTime(record.correctedMs)} by its clock`}.
      </p>
    </section>
  );
}

/** Drawn anew for each verification, so that a new one is seen to be one. */
function ChecksSection({ report }: { report: RecordReport }) {
  const tookMs = report.checks.reduce((sum, check) => sum + check.tookMs, 0);
  return (
    <section className="card card-checks" aria-labelledby="checks">
      <h2 id="checks">
        What your browser checked <span className="quiet">in {Math.max(1, Math.round(tookMs))} ms</span>
      </h2>
      <CheckList checks={report.checks} />
      <PathDiagram report={report} />
    </section>
  );
}

function RawText({ record }: { record: AuditRecord }) {
  return (
    <div className="raw">
      <details>
        <summary>The leaf, word for word</summary>
        <pre>{record.leaf}</pre>
      </details>
      {record.proof !== null && (
        <details>
          <summary>The checkpoint with its signatures</summary>
          <pre>{record.proof.checkpoint}</pre>
        </details>
      )}
    </div>
  );
}
