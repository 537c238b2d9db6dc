import { plural } from '../words/state.ts';
import { ImpressionSearch } from './impression-search.tsx';
import { ImpressionTable } from './impression-table.tsx';

export function ImpressionsPage() {
  return <ImpressionSearch page="/impressions" head={(total) => <Head total={total} />} table={(rows) => <ImpressionTable rows={rows} />} />;
}

function Head({ total }: { total: number | undefined }) {
  return (
    <div className="page-head">
      <h1>{total === undefined ? 'Impressions' : plural(total, 'impression', 'impressions')}</h1>
      <p className="quiet">Every play that was really on a screen, as the screen recorded it.</p>
    </div>
  );
}
