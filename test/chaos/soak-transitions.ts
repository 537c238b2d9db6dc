// Two hundred changes from each type of content to each other one, in a real browser, looked at frame by frame as they are
// composited. `npm run soak:transitions -- --transitions 200`; prints a table, exits 1 when something else than the creatives was
// seen, or a first frame came late.
import { writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { KINDS } from '../e2e/transitions/kinds.ts';
import { playTransitions, quantile } from '../e2e/transitions/play.ts';
import { openStageRig } from '../e2e/stage-rig.ts';

const { values } = parseArgs({ options: { transitions: { type: 'string', default: '200' } } });
const LIMIT_MS = 50;
/** Folder for the blank ones, where somebody wants to look at them. */
const pictures = process.env.LITFASS_PICTURES;

const pairs = KINDS.length * (KINDS.length - 1);
const rig = await openStageRig();
const played = await playTransitions({ rig, kinds: KINDS, transitions: Math.max(pairs, Number(values.transitions)), durationMs: 1_200, transitionMs: 400 });
await rig.close();

const p95 = { seen: quantile(played.seenAfterSlotMs, 0.95), reported: quantile(played.afterSlotMs, 0.95), switched: quantile(played.switchMs, 0.95) };
const ms = (value: number): string => `${value.toFixed(1)} ms`;
const rows: readonly (readonly [string, string, boolean])[] = [
  ['transitions', `${played.transitions.length}, of ${new Set(played.transitions).size} kinds; ${pairs} pairs of types`, true],
  ['samples of the composited picture', String(played.samples), played.samples > 5 * played.transitions.length],
  ['blank samples', String(played.blank.length), played.blank.length === 0],
  ['first frame after its slot, composited (cuts)', `p50 ${ms(quantile(played.seenAfterSlotMs, 0.5))}, p95 ${ms(p95.seen)}`, p95.seen < LIMIT_MS],
  ['first frame after its slot, reported', `p50 ${ms(quantile(played.afterSlotMs, 0.5))}, p95 ${ms(p95.reported)}`, p95.reported < LIMIT_MS],
  ['switch to a prepared creative, reported', `p50 ${ms(quantile(played.switchMs, 0.5))}, p95 ${ms(p95.switched)}`, p95.switched < LIMIT_MS],
];
for (const [what, value, isGood] of rows) console.log(`${isGood ? 'ok  ' : 'BAD '} ${what.padEnd(48)} ${value}`);
console.log(`     load of the machine: ${loadavg()[0]?.toFixed(1)}`);
for (const [index, { what, png }] of played.blank.slice(0, 20).entries()) {
  console.log(`     ${what}`);
  if (pictures !== undefined) writeFileSync(join(pictures, `blank-${index}.png`), png);
}
process.exitCode = rows.every(([, , isGood]) => isGood) ? 0 : 1;
