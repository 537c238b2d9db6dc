import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { machineHealthSchema } from '../../src/contract/index.ts';
import { createMachineHealth, hottest } from '../../src/player/machine-health.ts';

it('tells of this machine what fits its schema, and frames since the report before', () => {
  let atMs = 0;
  let frames = 100;
  const health = createMachineHealth(() => atMs, () => frames);
  atMs = 10_000;
  frames = 700;
  expect(machineHealthSchema.parse(health()).framesPerSecond).toBe(60);
  atMs = 20_000;
  expect(health().framesPerSecond).toBe(0);
});

it('takes the hottest sensor, and none for granted', () => {
  const dir = mkdtempSync(join(tmpdir(), 'litfass-thermal-'));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  for (const [zone, temp] of [['thermal_zone0', '48600'], ['thermal_zone1', '71200'], ['thermal_zone2', 'N/A'], ['cooling_device0', '99000']] as const) {
    mkdirSync(join(dir, zone));
    writeFileSync(join(dir, zone, 'temp'), `${temp}\n`);
  }
  expect(hottest(dir)).toBe(71);
  expect(hottest(join(dir, 'nothing'))).toBeNull();
});
