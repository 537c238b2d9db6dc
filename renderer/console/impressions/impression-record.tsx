import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { type ImpressionView, leafSchema, logRowSchema, type RecordedPlay } from '../../../src/contract/index.ts';
import { hubFetch } from '../live/hub-fetch.ts';
import { wholeTime } from '../words/time.ts';
import { hashLeaf } from './hash-leaf.ts';

/** The record as the screen wrote it, word for word, and whether its hash is right: computed here, not believed. */
export function ImpressionRecord({ row }: { row: ImpressionView }) {
  const record = useQuery({
    queryKey: ['record', row.screenId, row.epoch, row.seq],
    staleTime: Infinity,
    queryFn: async () => {
      const stored = await hubFetch(logRowSchema, `/api/impressions/${row.screenId}/${row.epoch}/${String(row.seq)}`);
      return { text: stored.leaf, play: playOf(stored.leaf), computed: await hashLeaf(stored.leaf) };
    },
  });
  if (record.isError) return <p role="alert">{record.error.message}</p>;
  const play = record.data?.play;
  return (
    <div className="record">
      <dl>
        <Field name="Play">{row.playId}</Field>
        <Field name="Place in the log">
          row {row.seq} of {row.epoch}
        </Field>
        <Field name="Leaf hash">
          {row.leafHash} {record.isSuccess && <Verdict computed={record.data.computed} stored={row.leafHash} />}
        </Field>
        <Field name="Media">{row.sha256}</Field>
        <Field name="Received">{wholeTime(row.receivedMs)}</Field>
        {play && <PlayFields play={play} />}
      </dl>
      <p className="record-proof">
        <Link href={`/audit/${row.screenId}/${row.epoch}/${String(row.seq)}`}>Check its proof</Link>
      </p>
      {record.isSuccess && (
        <details>
          <summary>The leaf, word for word</summary>
          <pre>{record.data.text}</pre>
        </details>
      )}
    </div>
  );
}

function PlayFields({ play }: { play: RecordedPlay }) {
  const { decision } = play;
  return (
    <>
      <Field name="Screen’s clock">{play.clock === 'synced' ? 'set' : 'never set'}</Field>
      <Field name="Decision">{decision.decisionId}</Field>
      <Field name="Drawn with">
        probability {(decision.propensityPpm / 10_000).toLocaleString('en', { maximumFractionDigits: 2 })} % in tier {decision.reason.tier}, seed {decision.seed}
      </Field>
      <Field name="Programme">version {decision.programmeVersion}</Field>
      <Field name="Eligible set">{decision.eligibleSha256}</Field>
    </>
  );
}

function Verdict({ computed, stored }: { computed: string | null; stored: string }) {
  if (computed === null) return <span className="quiet">This browser computes hashes on localhost and https only.</span>;
  return computed === stored ? <span className="verdict verdict-good">computed here, fits</span> : <span className="verdict verdict-bad">does not fit the record</span>;
}

function Field({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function playOf(leaf: string): RecordedPlay | null {
  const parsed = leafSchema.parse(JSON.parse(leaf));
  return parsed.type === 'play' ? parsed : null;
}
