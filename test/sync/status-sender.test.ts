import { expect, it, onTestFinished } from 'vitest';
import type { StatusReport } from '../../src/contract/index.ts';
import { startStatusSender } from '../../src/sync/index.ts';
import { BOOT_ID } from '../contract/builders.ts';
import { startHubDouble } from './hub-double.ts';
import { newScreen, QUICK, soon } from './screen-double.ts';

function status(backlog: number): StatusReport {
  return { bootId: BOOT_ID, shell: 'headless', version: '0.1.0', sensor: 'ok', programmeVersion: 1, backlog, nowPlaying: null, trouble: '' };
}

it('a status goes out at the start, at each change and at an interval; of two that wait the newest wins', async () => {
  const hub = await startHubDouble();
  const screen = await newScreen(hub);
  let now = 1;
  const sender = startStatusSender({ hub: screen.hub, current: () => status(now), random: Math.random, onTrouble: screen.onTrouble, intervalMs: 150, backOff: QUICK });
  onTestFinished(() => sender.close());
  await soon(() => expect(hub.reports.map((report) => report.backlog)).toEqual([1]));
  for (now = 2; now < 5; now++) sender.changed();
  now = 5;
  await soon(() => expect(hub.reports.at(-1)?.backlog).toBe(5));
  expect(new Set(hub.reports.map((report) => report.backlog))).toEqual(new Set([1, 5]));
  const before = hub.reports.length;
  await soon(() => expect(hub.reports.length).toBeGreaterThan(before));
});

it('a status that did not get through is forgotten quietly', async () => {
  const hub = await startHubDouble();
  const screen = await newScreen(hub);
  hub.mishaps.push('lost request', 'lost request');
  let asked = 0;
  const sender = startStatusSender({ hub: screen.hub, current: () => status(++asked), random: Math.random, onTrouble: screen.onTrouble, intervalMs: 60_000, backOff: QUICK });
  onTestFinished(() => sender.close());
  await soon(() => expect(hub.reports.map((report) => report.backlog)).toEqual([3]));
  expect(screen.troubles.filter((code) => code !== null)).toEqual([]);
});
