import { readdirSync, readFileSync } from 'node:fs';
import { cpus, freemem, totalmem, uptime } from 'node:os';
import { join } from 'node:path';
import type { MachineHealth } from '../contract/index.ts';

const SENSORS = '/sys/class/thermal';

interface CpuTimes {
  readonly busyMs: number;
  readonly totalMs: number;
}

/**
 * Readings since the one before, so that an average hides nothing: call it once a report.
 *
 * @param nowMs monotonic clock, ms
 * @param frames how many the stage has presented since it was first asked
 */
export function createMachineHealth(nowMs: () => number, frames: () => number): () => MachineHealth {
  let before = { cpu: cpuTimes(), frames: frames(), atMs: nowMs() };
  return () => {
    const now = { cpu: cpuTimes(), frames: frames(), atMs: nowMs() };
    const totalMs = now.cpu.totalMs - before.cpu.totalMs;
    const passedS = (now.atMs - before.atMs) / 1_000;
    const health: MachineHealth = {
      cpuPercent: totalMs > 0 ? percent(now.cpu.busyMs - before.cpu.busyMs, totalMs) : null,
      memoryPercent: percent(totalmem() - availableBytes(), totalmem()),
      temperatureC: hottest(SENSORS),
      uptimeS: Math.round(uptime()),
      framesPerSecond: passedS > 0 ? Math.min(1_000, Math.round((10 * Math.max(0, now.frames - before.frames)) / passedS) / 10) : 0,
    };
    before = now;
    return health;
  };
}

/** @returns whole degrees; `null` without a sensor */
export function hottest(folder: string): number | null {
  const degrees = listed(folder)
    .filter((name) => name.startsWith('thermal_zone'))
    .map((name) => Number(read(join(folder, name, 'temp')) || Number.NaN) / 1_000)
    .filter((value) => value > -50 && value < 200);
  return degrees.length === 0 ? null : Math.round(Math.max(...degrees));
}

function cpuTimes(): CpuTimes {
  const times = cpus().map((cpu) => cpu.times);
  const totalMs = times.reduce((sum, { user, nice, sys, idle, irq }) => sum + user + nice + sys + idle + irq, 0);
  return { totalMs, busyMs: totalMs - times.reduce((sum, { idle }) => sum + idle, 0) };
}

/** Linux counts its own caches as used; what it would give back at once is free. */
function availableBytes(): number {
  const [, kilobytes] = /^MemAvailable:\s+(\d+) kB$/m.exec(read('/proc/meminfo')) ?? [];
  return kilobytes === undefined ? freemem() : Number(kilobytes) * 1_024;
}

function percent(part: number, whole: number): number {
  return Math.min(100, Math.max(0, Math.round((100 * part) / whole)));
}

function listed(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    // Another system, or a driver that does not tell.
    return '';
  }
}
