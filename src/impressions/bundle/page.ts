import { leafSchema, type Bundle, type BundleRow, type Leaf } from '../../contract/index.ts';

/** A page for people; the rest is in the files beside it. */
const MOST_ROWS = 2_000;
/** Less is the everyday work of time servers. */
const NOTABLE_MS = 1_000;

const STYLE = 'body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:75rem;padding:0 1rem;color:#1d1b16;background:#fbfaf7}table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.25rem .75rem .25rem 0;border-bottom:1px solid #ddd8cc;vertical-align:top}td:first-child{font-variant-numeric:tabular-nums}pre{white-space:pre-wrap;overflow-wrap:anywhere;background:#f1eee6;padding:.75rem}@media(prefers-color-scheme:dark){body{color:#eae6dc;background:#191813}th,td{border-color:#3a372e}pre{background:#24221b}}';

/**
 * A bundle to read: one self-contained HTML page without scripts. The same bundle gives the same page, byte for byte, so that
 * verification can tell whether the page says what the rows say.
 */
export function bundlePage(bundle: Bundle, rows: ReadonlyMap<string, readonly BundleRow[]>): string {
  const logs = bundle.logs.map((log) => logSection(log.epoch, log.checkpoint, rows.get(log.epoch) ?? [])).join('\n');
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escape(bundle.screenName)}: proof of play</title><style>${STYLE}</style></head>
<body><h1>${escape(bundle.screenName)}</h1>
<p>What the screen <code>${escape(bundle.screenId)}</code> logged from ${time(bundle.fromMs)} to ${time(bundle.toMs)}, exported ${time(bundle.exportedMs)}. All times are UTC.</p>
<p>This page proves nothing by itself. On any machine, without a network: <code>npx litfass verify FILE</code></p>
${logs}
<h2>Keys</h2><p>As the exporting hub knows them. Compare them with those that the screen's owner and the witnesses publish.</p><pre>${escape([...bundle.keys.logs, ...bundle.keys.witnesses].join('\n'))}</pre>
</body></html>
`;
}

function logSection(epoch: string, checkpoint: string, rows: readonly BundleRow[]): string {
  const shown = rows.slice(0, MOST_ROWS).map(rowLine).join('\n');
  const rest = rows.length > MOST_ROWS ? `<p>${rows.length - MOST_ROWS} more rows are in <code>logs/${escape(epoch)}.ndjson</code>.</p>` : '';
  return `<h2>Log ${escape(epoch)}</h2><pre>${escape(checkpoint)}</pre>
<table><thead><tr><th>Row</th><th>Time</th><th>What</th></tr></thead><tbody>
${shown}
</tbody></table>${rest}`;
}

function rowLine({ seq, leaf: text }: BundleRow): string {
  const leaf = leafOf(text);
  return leaf === null ? `<tr><td>${seq}</td><td></td><td>not understood: ${escape(text.slice(0, 200))}</td></tr>` : `<tr><td>${seq}</td><td>${time('windowStartMs' in leaf ? leaf.windowStartMs : leaf.wallMs)}</td><td>${escape(words(leaf) + clockWords(leaf))}</td></tr>`;
}

/** Nothing, where the time is right: what is said here is why it may not be. */
function clockWords(leaf: Leaf): string {
  if ('windowStartMs' in leaf) return '';
  const offsetMs = 'hubClock' in leaf ? (leaf.hubClock?.offsetMs ?? 0) : 0;
  const off = Math.abs(offsetMs) > NOTABLE_MS ? `, ${(Math.abs(offsetMs) / 1_000).toFixed(1)} s ${offsetMs < 0 ? 'behind' : 'ahead of'} the hub` : '';
  return `${leaf.clock === 'unsynced' ? ', clock not set' : ''}${off}`;
}

function words(leaf: Leaf): string {
  switch (leaf.type) {
    case 'play':
      return `${leaf.creative.name} (${leaf.creative.campaign}), ${(leaf.durationMs / 1_000).toFixed(1)} of ${(leaf.plannedMs / 1_000).toFixed(1)} s, ${leaf.presentedFrames} frames, ${leaf.endReason}`;
    case 'fault':
      return `fault ${leaf.code}: ${leaf.message}`;
    case 'release':
      return `statistics: ${leaf.bucket} ${leaf.value} (noised, epsilon ${leaf.epsilonNumerator}/${leaf.epsilonDenominator}, measured ${leaf.coveragePercent} % of the time)`;
    case 'release-table':
      return `statistics: ${leaf.metric} in ${leaf.cells.length} sums (noised, epsilon ${leaf.epsilonNumerator}/${leaf.epsilonDenominator}, measured ${leaf.coveragePercent} % of the time)`;
    case 'clock-adjusted':
      return `the clock jumped by ${(leaf.jumpMs / 1_000).toFixed(1)} s`;
    case 'programme-changed':
      return `programme ${leaf.programmeVersion}${leaf.previousVersion === null ? '' : ` in place of ${leaf.previousVersion}`}`;
    case 'sensor-state':
      return `sensor: ${leaf.state}`;
  }
}

function leafOf(text: string): Leaf | null {
  try {
    return leafSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

function time(ms: number): string {
  return new Date(ms).toISOString().replace('T', ' ').replace('Z', '');
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;');
}
