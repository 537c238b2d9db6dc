// Takes the picture away at random: kills the page, hangs it, blanks it, empties its window, stops its frames, kills or stops
// its browser or the graphics process. Each time the stage must present something again within ten seconds, and every play must stand in the log and at the hub, once.
// `npm run chaos:stage -- --rounds 50`; prints how long each took, exits 1 when one took longer or a play was lost.
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import type { Player } from '../../src/player/index.ts';
import type { OpenedPage } from '../../src/shells/index.ts';
import { openStageScreen } from './stage-screen.ts';

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '20' } } });
const ROUNDS = Number(values.rounds);
const LIMIT_MS = 10_000;
/** Long enough to be a life of its own, with whole plays in it. */
const QUIET_MS = 5_500;

type Fault = (opened: OpenedPage) => Promise<unknown>;
const FAULTS: Readonly<Record<string, Fault>> = {
  'page killed': async ({ page }) => (await page.context().newCDPSession(page)).send('Page.crash'),
  'page hung': async ({ page }) => page.evaluate('while (true);'),
  'picture gone': async ({ page }) => page.evaluate("document.querySelector('#stage').replaceChildren()"),
  'page emptied': async ({ page }) => page.goto('about:blank'),
  'frames stopped': async ({ page }) => page.evaluate('window.requestAnimationFrame = () => 0; for (let id = 0; id < 1e6; id++) cancelAnimationFrame(id)'),
  'browser gone': async ({ page }) => page.context().close(),
  // It answers nothing any more, not even the wish to end.
  'browser stopped': ({ pid }) => Promise.resolve(process.kill(pid ?? 0, 'SIGSTOP')),
  'graphics killed': async ({ page }) => {
    const session = await page.context().browser()?.newBrowserCDPSession();
    const { processInfo } = (await session?.send('SystemInfo.getProcessInfo')) ?? { processInfo: [] };
    for (const { type, id } of processInfo) if (type === 'GPU') process.kill(id, 'SIGKILL');
  },
};
/** What it does not even notice is no fault: nothing has to come back. */
const MAY_GO_UNSEEN = new Set(['graphics killed']);

const screen = await openStageScreen({ durationMs: (index) => 3_000 + 700 * index, port: 18_800, say: (line) => void process.stdout.write(`    ${line}\n`) });
const { player, stage } = screen;

const took: { readonly name: string; readonly ms: number }[] = [];
const loads = [loadavg()[0] ?? 0];
await presenting(player, null);
for (let round = 1; round <= ROUNDS; round += 1) {
  await sleep(QUIET_MS + Math.random() * 2_500);
  const names = Object.keys(FAULTS);
  const name = names[Math.floor(Math.random() * names.length)] ?? '';
  const { opened } = stage;
  if (opened === null) throw new Error('the stage was between two lives in its quiet time');
  const before = MAY_GO_UNSEEN.has(name) ? null : player.stagePulse().playId;
  const beganMs = performance.now();
  // A page that was killed or hangs answers nothing.
  FAULTS[name]?.(opened).catch(() => undefined);
  // Long enough for what may go unseen to be seen, if it is.
  if (MAY_GO_UNSEEN.has(name)) await sleep(1_000);
  const ms = await presenting(player, before).then(() => performance.now() - beganMs);
  took.push({ name, ms });
  loads.push(loadavg()[0] ?? 0);
  process.stdout.write(`round ${round}: ${name}, back after ${(ms / 1_000).toFixed(1)} s (load ${loads.at(-1)?.toFixed(1)})\n`);
}
await screen.stop();
const { impressions, plays } = await player.report();
const { left } = screen;
await screen.close();

const late = took.filter(({ ms }) => ms > LIMIT_MS).length;
process.stdout.write(`\n${''.padEnd(18)}${'rounds'.padStart(8)}${'median'.padStart(9)}${'p95'.padStart(9)}${'worst'.padStart(9)}\n`);
for (const name of [...Object.keys(FAULTS), 'all']) {
  const times = took.filter((one) => name === 'all' || one.name === name).map(({ ms }) => ms).sort((x, y) => x - y);
  const cells = [0.5, 0.95, 1].map((share) => `${((times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? Number.NaN) / 1_000).toFixed(1)} s`.padStart(9));
  process.stdout.write(`${name.padEnd(18)}${String(times.length).padStart(8)}${cells.join('')}\n`);
}
process.stdout.write(`\n${late} later than 10 s; ${left} times it would have left; load ${Math.min(...loads).toFixed(1)} to ${Math.max(...loads).toFixed(1)}\n`);
process.stdout.write(`${plays.length} plays: ${plays.filter(({ endReason }) => endReason === 'ended').length} ended, ${plays.filter(({ endReason }) => endReason === 'stalled').length} cut by a fault; logged ${impressions.logged}, lost ${impressions.lost}, doubled ${impressions.duplicated}\n`);
process.exit(late === 0 && left === 0 && impressions.lost === 0 && impressions.duplicated === 0 && impressions.logged === plays.length ? 0 : 1);

/** Until another play than `before` is in front and its frames grow: first away, then back. */
async function presenting(shown: Player, before: string | null): Promise<void> {
  const untilMs = performance.now() + 60_000;
  while (performance.now() < untilMs) {
    await sleep(25);
    const { playId, frozenMs, silentMs } = shown.stagePulse();
    if (playId !== null && playId !== before && frozenMs < 600 && silentMs < 600 && (await looksGood())) return;
  }
  throw new Error('nothing was presented for 60 s');
}

async function looksGood(): Promise<boolean> {
  return (await Promise.race([stage.look().catch(() => 'blank'), sleep(1_000)])) === 'picture';
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
