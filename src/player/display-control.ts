import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describeIssues, displayMeansSchema, LitfassError, type Clock, type DisplayMeans } from '../contract/index.ts';

const LIMIT_MS = 10_000;
const LOOK_MS = 30_000;
/** A panel comes back from a cut of the mains as it likes: what the hours say is said again. */
const REPEAT_MS = 600_000;
const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;

export type Run = (program: string, args: readonly string[]) => Promise<unknown>;
type Power = 'on' | 'off';

export interface DisplayControl {
  /** What it was last switched to; `null`: it was not. */
  readonly power: Power | null;
  /** Until the hours change the next time. @throws LitfassError `display-means`, `display-failed` */
  switch(power: Power): Promise<void>;
  /** @throws LitfassError `display-means`, `display-failed` */
  setBrightness(percent: number): Promise<void>;
  close(): void;
}

export interface DisplayControlOptions {
  readonly means: DisplayMeans;
  readonly clock: Clock;
  /** IANA name of the zone that the hours are meant in. */
  readonly timeZone: string;
  /** Why the hours cannot be kept; `null`: they are kept again. */
  readonly onTrouble: (problem: LitfassError | null) => void;
  /** For tests. */
  readonly run?: Run;
}

/** What the installer wrote; nothing without the file. @throws LitfassError `display-means` when it cannot be read */
export function readDisplayMeans(dataDir: string): DisplayMeans {
  const file = join(dataDir, 'display.json');
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw error;
  }
  const means = displayMeansSchema.safeParse(parse(text));
  if (means.success) return means.data;
  throw new LitfassError('display-means', `${file} cannot be read: ${describeIssues(means.error)}. Correct it, or remove it to leave the display alone.`);
}

/**
 * Switches the display by the hours of the shop, and when it is asked to. By a clock that was never set it is always night somewhere:
 * until it is set, the display is on.
 */
export function startDisplayControl({ means, clock, timeZone, onTrouble, run = runProgram }: DisplayControlOptions): DisplayControl {
  let power: Power | null = null;
  let scheduled: Power | null = null;
  let toldMs = Number.NEGATIVE_INFINITY;
  let knewTheTime: boolean | null = null;

  async function carryOut([program = '', ...args]: readonly string[]): Promise<void> {
    try {
      await run(program, args);
    } catch (error) {
      throw new LitfassError('display-failed', `The display did not obey "${[program, ...args].join(' ')}": ${reasonOf(error)}. Try it by hand as the player's user.`, { cause: error });
    }
  }

  async function switchTo(next: Power): Promise<void> {
    await carryOut(powerProgram(means, next));
    power = next;
  }

  async function keepHours(): Promise<void> {
    const { wallMs, quality } = clock();
    const hours = means.hours ?? [];
    const knowsTheTime = quality === 'synced';
    // Hours that were kept by another clock were others.
    if (knowsTheTime !== knewTheTime) scheduled = null;
    knewTheTime = knowsTheTime;
    const wanted = knowsTheTime || hours.length === 0 ? powerAt(hours, new Date(wallMs), timeZone) : 'on';
    // What somebody asked for meanwhile stays until the hours change.
    const isKept = wanted === scheduled && (power !== wanted || performance.now() - toldMs < REPEAT_MS);
    if (wanted === null || isKept) return;
    try {
      await switchTo(wanted);
      scheduled = wanted;
      toldMs = performance.now();
      onTrouble(knowsTheTime ? null : new LitfassError('display-clock', 'The clock of this screen was never set, so the hours of its display cannot be kept, and it stays on. Give the machine a time server.'));
    } catch (error) {
      if (!(error instanceof LitfassError)) throw error;
      onTrouble(error);
    }
  }

  const timer = setInterval(() => void keepHours(), LOOK_MS);
  void keepHours();
  return {
    get power() {
      return power;
    },
    switch: switchTo,
    setBrightness: async (percent) => carryOut(brightnessProgram(means, percent)),
    close: () => clearInterval(timer),
  };
}

/** @returns `null` without hours */
export function powerAt(hours: NonNullable<DisplayMeans['hours']>, at: Date, timeZone: string): Power | null {
  if (hours.length === 0) return null;
  const parts = new Intl.DateTimeFormat('en', { timeZone, weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).formatToParts(at);
  const part = (wanted: Intl.DateTimeFormatPartTypes): string => parts.find(({ type }) => type === wanted)?.value ?? '';
  const time = `${part('hour')}:${part('minute')}`;
  const day = DAYS.findIndex((name) => name === part('weekday').toLowerCase());
  const [today, yesterday] = [DAYS[day], DAYS[(day + 6) % 7]];
  const open = hours.some(({ days, on, off }) => {
    const overnight = off <= on;
    if (days.some((name) => name === today) && time >= on && (overnight || time < off)) return true;
    return overnight && days.some((name) => name === yesterday) && time < off;
  });
  return open ? 'on' : 'off';
}

function powerProgram({ power }: DisplayMeans, next: Power): readonly string[] {
  switch (power?.kind) {
    case 'cec':
      return ['cec-ctl', '-d', power.device, '--playback', '--to', '0', next === 'on' ? '--image-view-on' : '--standby'];
    case 'ddc':
      // MCCS power mode: 1 is on, 5 is off as with the button.
      return [...ddcutil(power), 'setvcp', 'D6', next === 'on' ? '01' : '05'];
    case 'program':
      return power[next];
    case undefined:
      throw new LitfassError('display-means', 'nobody said how this display is switched: write display.json into the data folder.');
  }
}

function brightnessProgram({ brightness }: DisplayMeans, percent: number): readonly string[] {
  if (brightness === undefined) throw new LitfassError('display-means', 'nobody said how the brightness of this display is set: write display.json into the data folder.');
  return brightness.kind === 'ddc' ? [...ddcutil(brightness), 'setvcp', '10', String(percent)] : brightness.set.map((word) => word.replaceAll('{percent}', String(percent)));
}

function ddcutil({ display }: { readonly display?: number | undefined }): readonly string[] {
  return ['ddcutil', ...(display === undefined ? [] : ['--display', String(display)])];
}

async function runProgram(program: string, args: readonly string[]): Promise<unknown> {
  return promisify(execFile)(program, [...args], { timeout: LIMIT_MS, killSignal: 'SIGKILL' });
}

function reasonOf(error: unknown): string {
  const { killed, code, stderr } = error as { killed?: boolean; code?: string | number; stderr?: string };
  if (killed === true) return `no end within ${LIMIT_MS / 1_000} s`;
  if (code === 'ENOENT') return 'there is no such program';
  return [`it ended with ${String(code)}`, (stderr ?? '').trim().split('\n')[0] ?? ''].filter((text) => text !== '').join(', ').slice(0, 200);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
