import type { ImpressionView } from '../../../src/contract/index.ts';
import { END_WORDS } from '../words/state.ts';
import { Thumbnail } from './thumbnail.tsx';

/** The head of a table of plays. */
export function PlayColumns({ names }: { names: readonly string[] }) {
  return (
    <thead>
      <tr>
        {names.map((name) => (
          <th key={name} scope="col">
            {name}
          </th>
        ))}
      </tr>
    </thead>
  );
}

export function CreativeCell({ row }: { row: ImpressionView }) {
  return (
    <td className="cell-creative">
      <Thumbnail kind={row.kind} sha256={row.sha256} />
      <span>
        <b>{row.creativeName}</b>
        <span className="quiet">{row.campaign}</span>
      </span>
    </td>
  );
}

export function EndCell({ row }: { row: ImpressionView }) {
  return (
    <td className="cell-end">
      <span className={`end end-${row.endReason}`}>{END_WORDS[row.endReason]}</span>
    </td>
  );
}
