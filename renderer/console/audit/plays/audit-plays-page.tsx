import { plural } from '../../words/state.ts';
import { ImpressionSearch } from '../../impressions/impression-search.tsx';
import { AuditHead } from '../audit-head.tsx';
import { Downloads } from './downloads.tsx';
import { PlayTable } from './play-table.tsx';

/** Where an audit begins: find the play, then check it. */
export function AuditPlaysPage() {
  return (
    <ImpressionSearch
      page="/audit"
      head={(total) => (
        <AuditHead title="Audit">
          {total === undefined ? 'Plays' : plural(total, 'play', 'plays')}, each to be checked by your own browser, whoever runs this hub.
        </AuditHead>
      )}
      beside={(filter) => <Downloads filter={filter} />}
      table={(rows) => <PlayTable rows={rows} />}
    />
  );
}
