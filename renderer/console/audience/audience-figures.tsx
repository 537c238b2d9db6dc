import type { ReactNode } from 'react';
import type { AudienceReport, NoisedEstimate } from '../../../src/contract/index.ts';
import { figure, shown, single, tableOf } from './numbers.ts';

/** The sums that a campaign is judged by, each with what the noise may have done to it. */
export function AudienceFigures({ report }: { report: AudienceReport }) {
  const { visits, ratios, tables } = report;
  return (
    <dl className="audience-figures">
      <Figure name="Visits" estimate={visits?.visits ?? null} />
      <Figure name="Opportunities to see" estimate={single(tableOf(tables, 'opportunity'))} />
      <Figure name="Watched" estimate={visits?.watched ?? null} />
      <Figure name="Conversion" estimate={ratios.conversion && percent(ratios.conversion)} unit="%" unknown="Too few to say">
        watched per opportunity
      </Figure>
      <Figure name="Dwell" estimate={ratios.dwellS} unit="s" unknown="Too few to say">
        per visit
      </Figure>
      <Figure name="Attention" estimate={ratios.attentionS} unit="s" unknown="Too few to say">
        per watcher
      </Figure>
    </dl>
  );
}

function Figure({ name, estimate, unit = '', unknown = 'Not measured', children }: { name: string; estimate: NoisedEstimate | null; unit?: string; unknown?: string; children?: ReactNode }) {
  return (
    <div>
      <dt>
        {name} {children !== undefined && <span className="quiet">{children}</span>}
      </dt>
      {estimate === null ? (
        <dd className="figure-unknown">{unknown}</dd>
      ) : (
        <dd>
          <b>{figure(shown(estimate.value))}</b>
          {unit !== '' && ` ${unit}`} <span className="plus-minus">± {figure(estimate.plusMinus)}</span>
        </dd>
      )}
    </div>
  );
}

function percent({ value, plusMinus }: NoisedEstimate): NoisedEstimate {
  return { value: Math.min(1, value) * 100, plusMinus: plusMinus * 100 };
}
