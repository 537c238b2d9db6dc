import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openDepartures, type Machine } from '../../../src/shells/supervision/departure.ts';

function folder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'litfass-departure-'));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  return dir;
}

const boot = (name: string, uptimeS: number): (() => Machine) => () => ({ boot: name, uptimeS });

/** As many lives of a player as there are answers, each of which asks once. */
async function lives(dir: string, count: number, mayReboot: boolean, machine: () => Machine): Promise<string[]> {
  const answers: string[] = [];
  for (let life = 0; life < count; life += 1) answers.push(await openDepartures(dir, mayReboot, machine).next(7));
  return answers;
}

it('grants three restarts a boot, counted on disk, and then only the safe programme', async () => {
  const dir = folder();
  expect(await lives(dir, 5, false, boot('a', 100))).toEqual(['restart', 'restart', 'restart', 'stay-safe', 'stay-safe']);
  expect(openDepartures(dir, false, boot('a', 200)).safe).toEqual({ version: 7 });
});

it('begins anew with each boot, also where only the uptime tells', async () => {
  const dir = folder();
  await lives(dir, 4, false, boot('unknown', 5_000));
  const next = openDepartures(dir, false, boot('unknown', 60));
  expect(next.safe).toBeNull();
  expect(await next.next(7)).toBe('restart');
});

it('asks for one reboot where there is somebody to ask, and for no second one before it was well for long', async () => {
  const dir = folder();
  expect(await lives(dir, 4, true, boot('a', 100))).toEqual(['restart', 'restart', 'restart', 'reboot']);
  expect(await lives(dir, 4, true, boot('b', 10))).toEqual(['restart', 'restart', 'restart', 'stay-safe']);
  await openDepartures(dir, true, boot('c', 10)).wellForLong();
  expect(await lives(dir, 4, true, boot('c', 20))).toEqual(['restart', 'restart', 'restart', 'reboot']);
});

it('does not restart what it cannot count', async () => {
  const dir = join(folder(), 'never-made');
  expect(await openDepartures(dir, true, boot('a', 1)).next(7)).toBe('stay-safe');
});

it('counts anew over a damaged file, rather than not at all', async () => {
  const dir = folder();
  writeFileSync(join(dir, 'departures.json'), '{"restarts":');
  expect(await lives(dir, 4, false, boot('a', 1))).toEqual(['restart', 'restart', 'restart', 'stay-safe']);
});

const DAY_S = 86_400;

it('grants restarts anew after a day without any: faults that are a quarter of a year apart are no storm', async () => {
  const dir = folder();
  const answers: string[] = [];
  for (let quarter = 0; quarter < 6; quarter += 1) {
    const departures = openDepartures(dir, false, boot('a', (quarter + 1) * 90 * DAY_S));
    await departures.wellForLong();
    answers.push(await departures.next(7));
  }
  expect(answers).toEqual(Array<string>(6).fill('restart'));
});

it('grants none anew when the last one was within the day, however well the stage was since, and however often it was started again', async () => {
  const dir = folder();
  await lives(dir, 3, false, boot('a', 100));
  for (const hour of [1, 8, 23]) await openDepartures(dir, false, boot('a', 100 + hour * 3_600)).wellForLong();
  expect(await lives(dir, 1, false, boot('a', 100 + 23 * 3_600))).toEqual(['stay-safe']);
});

it('avoids the programme with which it broke down, also when a newer one does so after it', async () => {
  const dir = folder();
  await lives(dir, 4, false, boot('a', 100));
  const departures = openDepartures(dir, false, boot('a', 200));
  expect(await departures.next(8)).toBe('stay-safe');
  expect(departures.safe).toEqual({ version: 8 });
  expect(openDepartures(dir, false, boot('a', 300)).safe).toEqual({ version: 8 });
});

it('reads what older versions of the program wrote', () => {
  const dir = folder();
  writeFileSync(join(dir, 'departures.json'), JSON.stringify({ machineBoot: 'a', uptimeS: 100, restarts: 3, reboots: 0, safe: true }));
  expect(openDepartures(dir, false, boot('a', 200)).safe).toEqual({ version: null });
});
