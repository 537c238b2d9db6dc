import type { ReactNode } from 'react';
import type { AudienceReport, NoisedEstimate, TableMetric } from '../../../src/contract/index.ts';
import { figure, shown, single, tableOf } from './numbers.ts';

/** The sums that a campaign is judged by, each with what the noise may have done to it. */
export function AudienceFigures({ report }: { report: AudienceReport }) {
  const { visits, ratios, tables } = report;
  /** A table that is not there was not released; one without a measured window was not measured. */
  const unknownWords = (metric: TableMetric, otherwise: string): string => {
    const table = tableOf(tables, metric);
    return table === undefined ? 'Not released' : table.windows === 0 ? 'Not measured' : otherwise;
  };
  return (
    <dl className="audience-figures">
      <Figure name="Visits" estimate={visits?.visits ?? null} unknown="Not measured" />
      <Figure name="Opportunities to see" estimate={single(tableOf(tables, 'opportunity'))} unknown={unknownWords('opportunity', 'Not measured')} />
      <Figure name="Watched" estimate={visits?.watched ?? null} unknown="Not measured" />
      <Figure name="Conversion" estimate={ratios.conversion && percent(ratios.conversion)} unit="%" unknown={unknownWords('opportunity', 'Too few to say')}>
        watched per opportunity
      </Figure>
      <Figure name="Dwell" estimate={ratios.dwellS} unit="s" unknown={unknownWords('dwell', 'Too few to say')}>
        per visit
      </Figure>
      <Figure name="Attention" estimate={ratios.attentionS} unit="s" unknown={unknownWords('attention', 'Too few to say')}>
        per watcher
      </Figure>
    </dl>
  );
}

function Figure({ name, estimate, unit = '', unknown, children }: { name: string; estimate: NoisedEstimate | null; unit?: string; unknown: string; children?: ReactNode }) {
  return (
    <div>
      <dt>
        {name} {children !== undefined && <span className="quiet">{children}</span>}
      </dt>
      {estimate === null ? (
        <dd className="figure-unknown">{unknown}</dd>
      ) : (
        <dd>
          <b>{figure(shown(estimate.value), estimate.plusMinus)}</b>
          {unit !== '' && ` ${unit}`} <span className="plus-minus">± {figure(estimate.plusMinus)}</span>
        </dd>
      )}
    </div>
  );
}

function percent({ value, plusMinus }: NoisedEstimate): NoisedEstimate {
  return { value: Math.min(1, value) * 100, plusMinus: plusMinus * 100 };
}
