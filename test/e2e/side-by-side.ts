import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { leafSchema, type Clock, type ProgrammeSource, type RecordedPlay } from '../../src/contract/index.ts';
import { openHub, serveHub } from '../../src/hub/index.ts';
import { openLog } from '../../src/impressions/index.ts';
import { openPlayer, type Player } from '../../src/player/index.ts';
import { openChromiumShell } from '../../src/shells/index.ts';
import { writeProgramme } from '../chaos/programme.ts';
import { testBrowser } from './browser.ts';

const projectDir = fileURLToPath(new URL('../../', import.meta.url));

/** A machine whose clocks are off: its wall clock by `aheadMs`, and both run `ppm` fast. */
export interface Machine {
  readonly aheadMs: number;
  readonly ppm: number;
  readonly quality: 'synced' | 'unsynced';
}

export interface SideBySideOptions {
  readonly cycleMs: number;
  readonly left: Machine;
  readonly right: Machine;
  /** After both were told of their group. */
  readonly seconds: number;
  readonly ports: { readonly hub: number; readonly left: number; readonly right: number; readonly slots: number };
}

/** A play, and when its first frame was presented by a clock that both screens are held against, ms. */
export interface ShownSlot {
  readonly slot: number;
  readonly creative: string;
  readonly trueMs: number;
  readonly play: RecordedPlay;
}

export interface SideBySide {
  readonly left: readonly ShownSlot[];
  readonly right: readonly ShownSlot[];
  /** Of the right screen, as the hub was told last. */
  readonly state: unknown;
  readonly said: readonly string[];
}

/** Two whole screens on one hub, each with its own browser: the right one follows the left one's slots. */
export async function runSideBySide({ cycleMs, left, right, seconds, ports }: SideBySideOptions): Promise<SideBySide> {
  const closing: (() => Promise<unknown>)[] = [];
  const said: string[] = [];
  const say = (line: string): void => void said.push(line);
  try {
    const dir = await mkdtemp(join(tmpdir(), 'litfass-side-'));
    closing.push(() => rm(dir, { recursive: true }));
    const hub = await openHub({ dataDir: join(dir, 'hub'), clock: Date.now, pagesDir: join(projectDir, 'dist/renderer/console'), notice: say });
    closing.push(() => hub.close());
    const served = await serveHub(hub, { host: '127.0.0.1', port: ports.hub });
    closing.push(() => served.close());
    const folder = await writeProgramme(dir, () => cycleMs);
    const source = JSON.parse(await readFile(join(folder, 'programme.json'), 'utf8')) as ProgrammeSource;
    const publish = async (slots: ProgrammeSource['slots']): Promise<void> => {
      await writeFile(join(folder, 'programme.json'), JSON.stringify({ ...source, slots }));
      await hub.publishProgrammeFolder(folder);
    };
    await publish({ cycleMs });

    const open = async (name: 'left' | 'right', machine: Machine): Promise<{ player: Player; clocks: MachineClocks }> => {
      const clocks = clocksOf(machine);
      const { code } = await hub.createPairingCode();
      const player = await openPlayer({ dataDir: join(dir, name), hubUrl: served.url, pairingCode: code, name, source: { kind: 'none' }, shell: 'headless', version: 'test', projectDir, say, stop: new AbortController().signal, clock: clocks.clock, slotNetwork: { port: ports.slots, leader: '127.0.0.1' } });
      closing.push(() => player.close());
      const shell = await openChromiumShell({ player, browser: await testBrowser(), window: 'headless', port: ports[name], say });
      closing.push(() => shell.close());
      return { player, clocks };
    };
    const [onLeft, onRight] = [await open('left', left), await open('right', right)];
    const screens = await screensOf(served.url, hub.accessKey);
    const idOf = (name: string): string => screens.find((screen) => screen.name === name)?.id ?? '';
    await publish({ cycleMs, groups: [{ leader: idOf('left'), followers: [idOf('right')] }] });
    await new Promise((resolve) => setTimeout(resolve, seconds * 1_000));
    const state = (await screensOf(served.url, hub.accessKey)).find(({ name }) => name === 'right')?.status?.clock;
    await Promise.all([onLeft.player.stop(), onRight.player.stop()]);
    return { left: await shownBy(onLeft, join(dir, 'left')), right: await shownBy(onRight, join(dir, 'right')), state, said };
  } finally {
    for (const each of closing.toReversed()) await each();
  }
}

interface MachineClocks {
  readonly clock: Clock;
  /** By this process' own clock. */
  trueMs(monoMs: number): number;
}

function clocksOf({ aheadMs, ppm, quality }: Machine): MachineClocks {
  const rate = 1 + ppm / 1_000_000;
  const [startMs, wallMs] = [performance.now(), Date.now()];
  return {
    clock: () => {
      const passedMs = (performance.now() - startMs) * rate;
      return { wallMs: Math.max(0, Math.floor(wallMs + aheadMs + passedMs)), monoMs: passedMs, quality };
    },
    trueMs: (monoMs) => startMs + monoMs / rate,
  };
}

interface ScreenSeen {
  readonly id: string;
  readonly name: string;
  readonly status: { readonly clock?: unknown } | null;
}

async function screensOf(hubUrl: string, accessKey: string): Promise<ScreenSeen[]> {
  const entered = await fetch(`${hubUrl}/?key=${accessKey}`, { redirect: 'manual' });
  const answer = await fetch(`${hubUrl}/api/screens`, { headers: { cookie: entered.headers.get('set-cookie')?.split(';')[0] ?? '' } });
  return ((await answer.json()) as { screens: ScreenSeen[] }).screens;
}

/** From the log itself, while nobody else holds it. */
async function shownBy({ player, clocks }: { player: Player; clocks: MachineClocks }, dataDir: string): Promise<ShownSlot[]> {
  await player.close();
  const log = openLog({ file: join(dataDir, 'player.db') });
  try {
    const plays = log.rows(0, log.size()).flatMap(({ leaf: text }) => {
      const leaf = leafSchema.parse(JSON.parse(text));
      return leaf.type === 'play' ? [leaf] : [];
    });
    return plays.flatMap((play) => ('slot' in play.decision && play.decision.slot !== undefined ? [{ slot: play.decision.slot, creative: play.creative.id, trueMs: clocks.trueMs(play.monoMs), play }] : []));
  } finally {
    log.close();
  }
}

/** Of the slots that both began together, how far apart their first frames were, ms, in the order of the slots. */
export function apartMs({ left, right }: Pick<SideBySide, 'left' | 'right'>, cycleMs: number): { slot: number; sameCreative: boolean; ms: number }[] {
  return left.flatMap(({ slot, creative, trueMs, play }) => {
    const other = right.find((shown) => shown.slot === slot);
    // The slot in which a screen came in was joined in its middle, or begun before its time.
    const isWhole = (plannedMs: number): boolean => Math.abs(plannedMs - cycleMs) < 0.1 * cycleMs;
    return other === undefined || !isWhole(play.plannedMs) || !isWhole(other.play.plannedMs) ? [] : [{ slot, sameCreative: other.creative === creative, ms: Math.abs(other.trueMs - trueMs) }];
  });
}
