import { apiQuery, type ImpressionFilter } from '../../impressions/impression-filter.ts';

/** What was found, to take away: a table for a spreadsheet, and a bundle that `litfass verify` checks without a network. */
export function Downloads({ filter }: { filter: ImpressionFilter }) {
  const query = apiQuery(filter);
  const [screen, from, to] = [query.get('screen'), query.get('from'), query.get('to')];
  const bundle = screen === null || from === null || to === null ? null : new URLSearchParams({ screen, from, to });
  return (
    <p className="downloads">
      <a className="button" href={`/api/audit/plays.csv?${query.toString()}`} download>
        Plays as CSV
      </a>
      {bundle === null ? (
        <span className="quiet">Choose a screen and both days, and everything to check them offline can be taken as one bundle.</span>
      ) : (
        <a className="button" href={`/api/audit/bundle.zip?${bundle.toString()}`} download>
          Bundle to check offline
        </a>
      )}
    </p>
  );
}
