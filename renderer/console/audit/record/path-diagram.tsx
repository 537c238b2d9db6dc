import type { RecordReport } from '../verify/index.ts';
import { toHex } from '../verify/index.ts';
import { pathShape, type Point } from './path-shape.ts';

const WIDTH_PX = 400;

/** The way from the record to the signatures, as the part of the tree that it is. All of it was computed in this browser. */
export function PathDiagram({ report }: { report: RecordReport }) {
  const { path, checkpoint, checks } = report;
  if (checkpoint === null) return null;
  const steps = path ?? [];
  const shape = pathShape(
    steps.map(({ side }) => side),
    WIDTH_PX,
  );
  const meets = leads(checks);
  const root = shape.nodes.at(-1) ?? { x: WIDTH_PX / 2, y: 0 };
  const top = 112;
  return (
    <figure className={meets ? 'path' : 'path path-broken'}>
      <svg viewBox={`0 0 ${String(WIDTH_PX)} ${String(shape.heightPx + top)}`} role="img" aria-label={label(report)}>
        <g className="path-checkpoint">
          <rect x="40" y="10" width="320" height="66" rx="8" />
          <text x="200" y="32" className="path-name">
            Checkpoint of {checkpoint.size.toLocaleString('en')} {checkpoint.size === 1n ? 'row' : 'rows'}
          </text>
          <text x="200" y="49" className="path-hash">
            root {short(checkpoint.root)}
          </text>
          <text x="200" y="66" className="path-signers">
            {signers(report)}
          </text>
        </g>
        {meets && <line className="path-edge" x1={root.x} y1={root.y + top} x2={root.x} y2="76" />}
        <g transform={`translate(0 ${String(top)})`}>
          {!meets && (
            <text x="200" y={root.y - 26} className="path-break">
              ✗ does not lead here
            </text>
          )}
          {steps.map((_, level) => (
            <Join key={level} node={shape.nodes[level]} sibling={shape.siblings[level]} parent={shape.nodes[level + 1]} />
          ))}
          {steps.map((step, level) => (
            <Hash key={level} at={shape.siblings[level]} text={short(step.sibling)} kind="sibling" />
          ))}
          {shape.nodes.map((at, level) => {
            const hash = level === 0 ? report.leafHash : steps[level - 1]?.parent;
            return hash && <Hash key={level} at={at} text={short(hash)} kind={level === 0 ? 'leaf' : 'node'} />;
          })}
        </g>
      </svg>
      <figcaption>
        <span className="path-key path-key-leaf">this record</span>
        <span className="path-key path-key-node">computed here</span>
        <span className="path-key path-key-sibling">given by the hub</span>
      </figcaption>
    </figure>
  );
}

function Join({ node, sibling, parent }: { node: Point | undefined; sibling: Point | undefined; parent: Point | undefined }) {
  if (node === undefined || sibling === undefined || parent === undefined) return null;
  return (
    <>
      <line className="path-edge path-edge-quiet" x1={sibling.x} y1={sibling.y} x2={parent.x} y2={parent.y} />
      <line className="path-edge" x1={node.x} y1={node.y} x2={parent.x} y2={parent.y} />
    </>
  );
}

function Hash({ at, text, kind }: { at: Point | undefined; text: string; kind: 'leaf' | 'node' | 'sibling' }) {
  if (at === undefined) return null;
  return (
    <g className={`path-node path-node-${kind}`} transform={`translate(${String(at.x)} ${String(at.y)})`}>
      <rect x="-38" y="-11" width="76" height="22" rx="5" />
      <text y="4" className="path-hash">
        {text}
      </text>
    </g>
  );
}

function short(bytes: Uint8Array): string {
  return `${toHex(bytes.subarray(0, 4))}…`;
}

function signers({ checks }: RecordReport): string {
  const signed = checks.filter(({ id, outcome }) => id === 'screen' && outcome === 'pass').length === 1;
  const witnesses = checks.filter(({ id, outcome }) => id === 'witness' && outcome === 'pass').length;
  return `${signed ? 'signed by the screen' : 'not signed by the screen'}, ${witnesses === 0 ? 'no witness' : witnesses === 1 ? '1 witness' : `${String(witnesses)} witnesses`}`;
}

function leads(checks: RecordReport['checks']): boolean {
  return checks.some(({ id, outcome }) => id === 'path' && outcome === 'pass');
}

function label({ path, checkpoint, checks }: RecordReport): string {
  if (path === null || !leads(checks)) return 'The record does not lead to the root of the checkpoint.';
  return `The record and ${String(path.length)} siblings lead to the root of the checkpoint of ${String(checkpoint?.size)} rows.`;
}
