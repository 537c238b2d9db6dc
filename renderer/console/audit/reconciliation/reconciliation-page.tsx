import { Link, useLocation, useSearch } from 'wouter';
import type { ReconciliationResponse } from '../../../../src/contract/index.ts';
import { filterPath, readFilter } from '../../impressions/impression-filter.ts';
import { useHubNow } from '../../live/use-hub-now.ts';
import { Notice } from '../../ui/notice.tsx';
import { plural } from '../../words/state.ts';
import { durationWords, startOfDay } from '../../words/time.ts';
import { AuditHead } from '../audit-head.tsx';
import { useReconciliation } from '../audit-queries.ts';
import { dayName } from '../timeline/days.ts';
import { byCampaign, type Campaign } from './by-campaign.ts';

type Row = ReconciliationResponse['rows'][number];

/** What was booked and what was shown, campaign by campaign. */
export function ReconciliationPage() {
  const [, navigate] = useLocation();
  const asked = new URLSearchParams(useSearch());
  const today = dayName(useHubNow());
  const from = asked.get('from') ?? today;
  const to = asked.get('to') ?? today;
  const answer = useReconciliation(startOfDay(from) ?? 0, startOfDay(to, 1) ?? 0);
  const go = (range: { from: string; to: string }): void => navigate(`/audit/reconciliation?${new URLSearchParams(range).toString()}`, { replace: true });
  const campaigns = byCampaign(answer.data?.rows ?? []);
  return (
    <div className="page">
      <AuditHead title="Reconciliation">What was booked, what was shown of it, and why it was less.</AuditHead>
      <div className="filters">
        <label className="field">
          <span>From</span>
          <input type="date" value={from} max={to} onChange={(event) => event.target.value !== '' && go({ from: event.target.value, to })} />
        </label>
        <label className="field">
          <span>To</span>
          <input type="date" value={to} min={from} onChange={(event) => event.target.value !== '' && go({ from, to: event.target.value })} />
        </label>
      </div>
      {answer.isError && (
        <Notice tone="bad" title="Nothing could be reconciled">
          <p>{answer.error.message}</p>
        </Notice>
      )}
      {answer.isPending && <div className="table-skeleton skeleton" aria-busy="true" />}
      {answer.isSuccess && campaigns.length === 0 && (
        <Notice tone="plain" title="Nothing was booked in these days">
          <p>Choose days in which a programme was active.</p>
        </Notice>
      )}
      {campaigns.map((campaign) => (
        <CampaignSection key={campaign.name} campaign={campaign} from={from} to={to} />
      ))}
    </div>
  );
}

function CampaignSection({ campaign, from, to }: { campaign: Campaign; from: string; to: string }) {
  return (
    <section className="card campaign" aria-label={campaign.name}>
      <h2>{campaign.name}</h2>
      <p className="campaign-sum">
        <b>{plural(campaign.plays, 'play', 'plays')}</b>, {campaign.complete.toLocaleString('en')} to the end, {durationWords(campaign.shownMs)} on screens
      </p>
      <table className="reconciliation">
        <thead>
          <tr>
            <th scope="col">Creative</th>
            <th scope="col">Plays</th>
            <th scope="col">To the end</th>
            <th scope="col">Shown</th>
            <th scope="col" className="reconciliation-why">
              Explanation
            </th>
          </tr>
        </thead>
        <tbody>
          {campaign.rows.map((row) => (
            <CreativeRow key={row.creativeId} row={row} href={filterPath('/audit', { ...readFilter(''), creative: row.creativeId, fromDay: from, toDay: to })} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function CreativeRow({ row, href }: { row: Row; href: string }) {
  return (
    <tr>
      <th scope="row">
        <Link href={href}>{row.creativeName}</Link>
      </th>
      <td data-name="Plays">{row.plays.toLocaleString('en')}</td>
      <td data-name="To the end">{row.complete.toLocaleString('en')}</td>
      <td data-name="Shown">{durationWords(row.shownMs)}</td>
      <td className="reconciliation-why">
        {row.explanation}
        {row.cutShort.map(({ reason, plays, missingMs }) => (
          <span key={reason} className="quiet">
            {plays.toLocaleString('en')} × {reason}: {durationWords(missingMs)} less
          </span>
        ))}
        {row.faults > 0 && <span className="quiet">{plural(row.faults, 'fault', 'faults')}</span>}
      </td>
    </tr>
  );
}
