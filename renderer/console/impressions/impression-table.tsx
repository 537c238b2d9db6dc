import { useState } from 'react';
import type { ImpressionView } from '../../../src/contract/index.ts';
import { ImpressionRow } from './impression-row.tsx';
import { PlayColumns } from './play-cells.tsx';

const COLUMNS = ['Time', 'Creative', 'Screen', 'Shown because', 'On screen', 'Frames', 'End', 'Received'];

export function ImpressionTable({ rows }: { rows: readonly ImpressionView[] }) {
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());

  function toggle(key: string): void {
    setOpen((before) => {
      const after = new Set(before);
      if (!after.delete(key)) after.add(key);
      return after;
    });
  }

  return (
    <table className="impressions">
      <caption className="visually-hidden">Impressions, newest first. Each row opens to its whole record.</caption>
      <PlayColumns names={COLUMNS} />
      <tbody>
        {rows.map((row) => {
          const key = `${row.screenId}-${row.epoch}-${String(row.seq)}`;
          return <ImpressionRow key={key} id={key} row={row} open={open.has(key)} onToggle={toggle} />;
        })}
      </tbody>
    </table>
  );
}
