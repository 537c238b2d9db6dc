import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { displayMeansSchema, type ClockReading, type LitfassError } from '../../src/contract/index.ts';
import { powerAt, readDisplayMeans, startDisplayControl, type Run } from '../../src/player/display-control.ts';

afterEach(() => void vi.useRealTimers());

function folder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'litfass-display-'));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  return dir;
}

/** The machine's own zone is another one. */
const TIME_ZONE = 'Pacific/Auckland';

/** An hour of a day in May in that zone. */
const at = (day: number, hour: number): Date => new Date(Date.UTC(2026, 4, day, hour - 12));

function control(means: unknown, run?: Run, now = () => at(4, 12), quality: () => ClockReading['quality'] = () => 'synced') {
  const troubles: (LitfassError | null)[] = [];
  const display = startDisplayControl({ means: displayMeansSchema.parse(means), clock: () => ({ wallMs: now().getTime(), monoMs: performance.now(), quality: quality() }), timeZone: TIME_ZONE, onTrouble: (problem) => troubles.push(problem), ...(run === undefined ? {} : { run }) });
  onTestFinished(() => display.close());
  return { display, troubles };
}

describe('the display', () => {
  it('is switched and dimmed by real programs, without a shell between', async () => {
    const dir = folder();
    const script = 'require("fs").appendFileSync(process.argv[1], process.argv[2] + "\\n")';
    const program = (word: string): string[] => [process.execPath, '--eval', script, join(dir, 'told'), word];
    const { display } = control({ power: { kind: 'program', on: program('on'), off: program('$(off)') }, brightness: { kind: 'program', set: program('{percent} %') } });
    await display.switch('off');
    await display.setBrightness(40);
    expect(display.power).toBe('off');
    expect(readFileSync(join(dir, 'told'), 'utf8')).toBe('$(off)\n40 %\n');
  });

  it('says what it did not obey, and is not believed to be off then', async () => {
    const { display } = control({ power: { kind: 'program', on: ['/no/such/program'], off: [process.execPath, '--eval', 'console.error("no bus"); process.exit(3)'] } });
    await expect(display.switch('on')).rejects.toThrow('there is no such program');
    await expect(display.switch('off')).rejects.toThrow('it ended with 3, no bus');
    expect(display.power).toBeNull();
    await expect(display.setBrightness(1)).rejects.toThrow('display.json');
  });

  it('speaks to the one of several monitors that is meant', async () => {
    const ran: string[] = [];
    const { display } = control({ power: { kind: 'ddc', display: 2 }, brightness: { kind: 'ddc', display: 2 } }, (program, args) => Promise.resolve(ran.push([program, ...args].join(' '))));
    await display.switch('off');
    await display.setBrightness(70);
    expect(ran).toEqual(['ddcutil --display 2 setvcp D6 05', 'ddcutil --display 2 setvcp 10 70']);
  });

  it('speaks CEC and DDC/CI', async () => {
    const ran: string[] = [];
    const run: Run = (program, args) => Promise.resolve(ran.push([program, ...args].join(' ')));
    await control({ power: { kind: 'cec' } }, run).display.switch('off');
    const { display } = control({ power: { kind: 'ddc' }, brightness: { kind: 'ddc' } }, run);
    await display.switch('on');
    await display.setBrightness(70);
    expect(ran).toEqual(['cec-ctl -d /dev/cec0 --playback --to 0 --standby', 'ddcutil setvcp D6 01', 'ddcutil setvcp 10 70']);
  });

  it('keeps the hours of the shop, and leaves what somebody wanted between two of them', async () => {
    vi.useFakeTimers();
    const ran: string[] = [];
    const clock = { hour: 7 };
    const means = { power: { kind: 'program', on: ['on'], off: ['off'] }, hours: [{ days: ['mon'], on: '08:00', off: '20:00' }] };
    const { display } = control(means, (program) => Promise.resolve(ran.push(program)), () => at(4, clock.hour));
    await vi.advanceTimersByTimeAsync(60_000);
    clock.hour = 9;
    await vi.advanceTimersByTimeAsync(60_000);
    await display.switch('off');
    await vi.advanceTimersByTimeAsync(600_000);
    clock.hour = 20;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(ran).toEqual(['off', 'on', 'off', 'off']);
  });

  it('stays on while nobody knows the time, says so, and keeps the hours as soon as the clock is set', async () => {
    vi.useFakeTimers();
    const ran: string[] = [];
    let isSet = false;
    const means = { power: { kind: 'program', on: ['on'], off: ['off'] }, hours: [{ days: ['mon'], on: '08:00', off: '20:00' }] };
    const { troubles } = control(means, (program) => Promise.resolve(ran.push(program)), () => (isSet ? at(4, 21) : new Date(90_000)), () => (isSet ? 'synced' : 'unsynced'));
    await vi.advanceTimersByTimeAsync(90_000);
    expect(ran).toEqual(['on']);
    expect(troubles.map((problem) => problem?.code ?? null)).toEqual(['display-clock']);
    isSet = true;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(ran).toEqual(['on', 'off']);
    expect(troubles.at(-1)).toBeNull();
  });

  it('says the hours again now and then: a panel comes back from a cut of the mains as it likes', async () => {
    vi.useFakeTimers();
    const ran: string[] = [];
    control({ power: { kind: 'program', on: ['on'], off: ['off'] }, hours: [{ days: ['mon'], on: '08:00', off: '20:00' }] }, (program) => Promise.resolve(ran.push(program)));
    await vi.advanceTimersByTimeAsync(1_500_000);
    expect(ran).toEqual(['on', 'on', 'on']);
  });

  it('tries again, and tells, while its hours cannot be kept', async () => {
    vi.useFakeTimers();
    let works = false;
    const { troubles } = control({ power: { kind: 'ddc' }, hours: [{ days: ['mon'], on: '00:00', off: '23:59' }] }, () => (works ? Promise.resolve() : Promise.reject(Object.assign(new Error(), { code: 'ENOENT' }))));
    await vi.advanceTimersByTimeAsync(30_000);
    works = true;
    await vi.advanceTimersByTimeAsync(30_000);
    expect(troubles.map((problem) => problem?.code ?? null)).toEqual(['display-failed', 'display-failed', null]);
  });

  it('knows a night bar, whose hours end on the next day', () => {
    const hours = displayMeansSchema.parse({ hours: [{ days: ['fri'], on: '18:00', off: '02:00' }] }).hours!;
    const power = (day: number, hour: number): string | null => powerAt(hours, at(day, hour), TIME_ZONE);
    expect([power(8, 17), power(8, 18), power(9, 1), power(9, 2), power(10, 1)]).toEqual(['off', 'on', 'on', 'off', 'off']);
    expect(powerAt([], new Date(), TIME_ZONE)).toBeNull();
  });

  it('is left alone without a file, and a wrong file is said to be wrong', () => {
    const dir = folder();
    expect(readDisplayMeans(dir)).toEqual({});
    writeFileSync(join(dir, 'display.json'), '{"power":{"kind":"cec","device":"/dev/sda"}}');
    expect(() => readDisplayMeans(dir)).toThrow('power.device');
  });
});
