import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { runScreens } from '../../../src/shells/screens/run-screens.ts';

/**
 * A screen as far as whoever keeps it can see: a process that writes down each of its lives, and does by orders in a file what
 * real ones do: show pictures, hang, die, ask for a reboot.
 */
const SCREEN = `
const { appendFileSync, readFileSync } = require('node:fs');
const [, dir, name] = process.argv;
const life = 'life ' + process.pid + ' ' + process.env.NOTIFY_SOCKET + ' ' + process.env.WATCHDOG_USEC + ' ' + process.env.LITFASS_LABEL + '\\n';
const stop = () => { appendFileSync(dir + '/' + name + '.log', 'closed\\n'); process.exit(0); };
process.on('disconnect', stop);
process.on('SIGTERM', stop);
appendFileSync(dir + '/' + name + '.log', life);
const order = () => { try { return readFileSync(dir + '/' + name + '.order', 'utf8'); } catch { return ''; } };
const begin = order();
if (begin.startsWith('exit ')) process.exit(Number(begin.slice(5)));
if (begin !== 'dark') process.send('READY=1', () => undefined);
setInterval(() => {
  const now = order();
  if (now.startsWith('exit ')) process.exit(Number(now.slice(5)));
  if (now !== 'hang' && now !== 'dark') process.send('WATCHDOG=1', () => undefined);
}, 20);
`;

function machine(over: { watchMs?: number; once?: boolean } = {}) {
  const dir = mkdtempSync(join(tmpdir(), 'litfass-screens-'));
  const stop = new AbortController();
  const said: string[] = [];
  const ready = { count: 0 };
  const order = (screen: string, what: string): void => writeFileSync(join(dir, `${screen}.order`), what);
  const read = (screen: string): string[] => {
    try {
      return readFileSync(join(dir, `${screen}.log`), 'utf8').trim().split('\n');
    } catch {
      return [];
    }
  };
  const lives = (screen: string): number[] => read(screen).filter((line) => line.startsWith('life')).map((line) => Number(line.split(' ')[1]));
  const run = () =>
    runScreens({
      dataDir: dir,
      screens: ['1', '2'].map((display) => ({ display, dataDir: join(dir, 'displays', display), mayUseCamera: display === '1' })),
      start: ({ display }, env) => spawn(process.execPath, ['--eval', SCREEN, dir, display], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], env }),
      once: false,
      // Long enough for a process to come up on a machine that is busy with something else.
      watchMs: 60_000,
      ...over,
      say: (line) => said.push(line),
      stop: stop.signal,
      onReady: () => void (ready.count += 1),
    });
  const running: Promise<number>[] = [];
  onTestFinished(async () => {
    stop.abort();
    await Promise.allSettled(running);
    rmSync(dir, { recursive: true });
  });
  const begin = (): Promise<number> => {
    const ended = run();
    running.push(ended);
    return ended;
  };
  return { dir, begin, run, order, read, lives, said, stop, ready };
}

const soon = { timeout: 30_000, interval: 20 };

describe('the screens of one machine', () => {
  it('run in a process each, and tell the one that keeps them how they do', async () => {
    const { begin, read, stop, lives } = machine();
    const ended = begin();
    await expect.poll(() => [...lives('1'), ...lives('2')], soon).toHaveLength(2);
    expect(read('2')[0]).toMatch(/^life \d+ parent: 60000000 \[2\]/);
    expect(lives('1')).not.toEqual(lives('2'));
    stop.abort();
    expect(await ended).toBe(0);
  });

  it('come back when they are killed, and leave the others in peace', async () => {
    const { begin, lives } = machine();
    void begin();
    await expect.poll(() => [lives('1').length, lives('2').length], soon).toEqual([1, 1]);
    const [first = 0] = lives('1');
    process.kill(lives('2')[0] ?? 0, 'SIGKILL');
    await expect.poll(() => lives('2').length, soon).toBe(2);
    expect(lives('1')).toEqual([first]);
    expect(process.kill(first, 0)).toBe(true);
  });

  it('come back when they leave to be started again, with a pause that grows, as one that nothing mends', async () => {
    const { begin, order, lives, said } = machine();
    order('2', 'exit 75');
    void begin();
    await expect.poll(() => lives('2').length, soon).toBeGreaterThanOrEqual(3);
    expect(said.filter((line) => line.startsWith('Display 2: ended')).slice(0, 2)).toEqual(['Display 2: ended with 75; starting it again', 'Display 2: ended with 75; starting it again in 1 s']);
    expect(lives('1')).toHaveLength(1);
  });

  it('are ended when they tell of no more pictures, and started again', async () => {
    const { begin, order, lives, said, ready } = machine({ watchMs: 3_000 });
    void begin();
    await expect.poll(() => ready.count, soon).toBeGreaterThanOrEqual(2);
    order('2', 'hang');
    await expect.poll(() => said, soon).toContain('Display 2: no pictures for 3 s; ending it');
    order('2', '');
    await expect.poll(() => lives('2').length, soon).toBeGreaterThanOrEqual(2);
  });

  it('are given all the time that they need for their first picture', async () => {
    const { begin, order, lives, said } = machine({ watchMs: 200 });
    order('1', 'dark');
    order('2', 'dark');
    void begin();
    await expect.poll(() => [lives('1').length, lives('2').length], soon).toEqual([1, 1]);
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    expect([lives('1').length, lives('2').length, said]).toEqual([1, 1, []]);
  });

  it('do not have the machine rebooted while another one plays', async () => {
    const { begin, order, lives, ready } = machine();
    void begin();
    await expect.poll(() => ready.count, soon).toBe(2);
    order('2', 'exit 76');
    await expect.poll(() => lives('2').length, soon).toBeGreaterThanOrEqual(2);
    expect(lives('1')).toHaveLength(1);
  });

  it('have it rebooted when none plays, after all have closed', async () => {
    const { begin, order, read } = machine();
    order('1', 'dark');
    order('2', 'dark');
    const ended = begin();
    await expect.poll(() => [read('1').length, read('2').length], soon).toEqual([1, 1]);
    order('2', 'exit 76');
    expect(await ended).toBe(76);
    expect(read('1')).toContain('closed');
  });

  it('close their logs when the machine is told to stop', async () => {
    const { begin, read, stop } = machine();
    const ended = begin();
    await expect.poll(() => [read('1').length, read('2').length], soon).toEqual([1, 1]);
    stop.abort();
    await ended;
    expect([read('1').at(-1), read('2').at(-1)]).toEqual(['closed', 'closed']);
  });

  it('close their logs when whoever keeps them is killed', async () => {
    const { dir, read } = machine();
    const keeper = spawn(process.execPath, ['--eval', `
      const { spawn } = require('node:child_process');
      spawn(process.execPath, ['--eval', ${JSON.stringify(SCREEN)}, ${JSON.stringify(dir)}, '1'], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
    `]);
    await expect.poll(() => read('1').length, soon).toBe(1);
    keeper.kill('SIGKILL');
    await expect.poll(() => read('1').at(-1), soon).toBe('closed');
  });

  it('end by themselves where they were told when, and the worst of them tells how it went', async () => {
    const { begin, order } = machine({ once: true });
    order('1', 'exit 0');
    order('2', 'exit 1');
    expect(await begin()).toBe(1);
  });

  it('are kept by one process alone', async () => {
    const { begin, run } = machine();
    void begin();
    await expect(run()).rejects.toThrow(/runs on .*displays already/);
  });
});
