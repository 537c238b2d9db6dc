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
  for (let life = 0; life < count; life += 1) answers.push(await openDepartures(dir, mayReboot, machine).next());
  return answers;
}

it('grants three restarts a boot, counted on disk, and then only the safe programme', async () => {
  const dir = folder();
  expect(await lives(dir, 5, false, boot('a', 100))).toEqual(['restart', 'restart', 'restart', 'stay-safe', 'stay-safe']);
  expect(openDepartures(dir, false, boot('a', 200)).safe).toBe(true);
});

it('begins anew with each boot, also where only the uptime tells', async () => {
  const dir = folder();
  await lives(dir, 4, false, boot('unknown', 5_000));
  const next = openDepartures(dir, false, boot('unknown', 60));
  expect(next.safe).toBe(false);
  expect(await next.next()).toBe('restart');
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
  expect(await openDepartures(dir, true, boot('a', 1)).next()).toBe('stay-safe');
});

it('counts anew over a damaged file, rather than not at all', async () => {
  const dir = folder();
  writeFileSync(join(dir, 'departures.json'), '{"restarts":');
  expect(await lives(dir, 4, false, boot('a', 1))).toEqual(['restart', 'restart', 'restart', 'stay-safe']);
});
