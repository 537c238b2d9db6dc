// Two hundred changes from each type of content to each other one, in a real browser, looked at frame by frame as they are
// composited. `npm run soak:transitions -- --transitions 200`; prints a table, exits 1 when something else than the creatives was
// seen, or a first frame came late. LITFASS_PICTURES names a folder for the blank ones.
import { writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { playInterrupts } from '../e2e/transitions/interrupt.ts';
import { openLiveStream } from '../content/live-stream.ts';
import { answerFor, KINDS, makeAll, sourcesAt, STREAM, STREAM_PICTURE } from '../e2e/transitions/kinds.ts';
import { playTransitions, quantile } from '../e2e/transitions/play.ts';
import { openSite } from '../content/site.ts';
import { openStageRig } from '../e2e/stage-rig.ts';

const { values } = parseArgs({ options: { transitions: { type: 'string', default: '200' }, interrupts: { type: 'string', default: '80' } } });
const LIMIT_MS = 50;
const pictures = process.env.LITFASS_PICTURES;

/** Longer than all of it takes. */
const LIVE_S = 1_200;
const stream = await openLiveStream(STREAM_PICTURE, LIVE_S);
if (stream === null) console.log('There is no ffmpeg that could make a live stream: that type is left out.');
const kinds = stream === null ? KINDS : [...KINDS, STREAM];
const pairs = kinds.length * (kinds.length - 1);
const [rig, site] = await Promise.all([openStageRig(), openSite('localhost')]);
site.answer(answerFor(kinds, stream));
const files = await makeAll(kinds, rig.stage.page);
const played = await playTransitions({ rig, files, transitions: Math.max(pairs, Number(values.transitions)), durationMs: 1_200, transitionMs: 400, sources: sourcesAt(site) });
const switches = await playInterrupts(rig, files, Number(values.interrupts), sourcesAt(site));
await rig.close();
await site.close();
await stream?.close();

const afterSlotMs = played.afterSlot.map(({ ms }) => ms);
const [filmedMs, reportedMs] = [switches.filmed, switches.reported].map((changes) => changes.map(({ ms }) => ms)) as [number[], number[]];
const inMs = (times: readonly number[]): string => [0.5, 0.95, 1].map((at) => quantile(times, at).toFixed(1)).join(', ');
const rows: readonly (readonly [string, string, boolean])[] = [
  ['transitions', `${played.transitions.length} of ${new Set(played.transitions).size} kinds, ${pairs} pairs of ${kinds.length} types`, true],
  ['samples of the composited picture', String(played.samples), played.samples > 5 * played.transitions.length],
  ['blank samples', String(played.blank.length), played.blank.length === 0],
  ['first frame after its slot: p50, p95, worst, ms', inMs(afterSlotMs), quantile(afterSlotMs, 0.95) < LIMIT_MS],
  ['switch to a prepared creative: p50, p95, worst, ms', inMs(reportedMs), quantile(reportedMs, 0.95) < LIMIT_MS],
  ['the same while it is filmed: p50, p95, worst, ms', inMs(filmedMs), true],
  ['slot to report of the first frame: p50, p95, worst, ms', inMs(played.reportedAfterSlotMs), true],
  ['load of the machine', loadavg().map((load) => load.toFixed(1)).join(' '), true],
];
for (const [what, value, isGood] of rows) console.log(`${isGood ? 'ok  ' : 'BAD '} ${what.padEnd(56)} ${value}`);
const LATEST = 5;
for (const [whence, changes] of [['slot', played.afterSlot], ['command', switches.reported]] as const) {
  for (const { what, ms } of changes.toSorted((a, b) => b.ms - a.ms).slice(0, LATEST)) console.log(`     ${ms.toFixed(1)} ms after the ${whence}: ${what}`);
}
for (const [index, { what, png }] of played.blank.slice(0, 20).entries()) {
  console.log(`     ${what}`);
  if (pictures !== undefined) writeFileSync(join(pictures, `blank-${index}.png`), png);
}
process.exitCode = rows.every(([, , isGood]) => isGood) ? 0 : 1;
