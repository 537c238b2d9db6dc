import { readdir, readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Page } from 'playwright-core';

const KILOBYTE = 1_024;

/**
 * What a browser's pages and its graphics process hold, bytes: on Linux the proportional set of those processes, which
 * counts textures in shared memory once, without the program itself, whose share changes with every other browser of the machine;
 * elsewhere the script's heap, which is less.
 *
 * @param profile its profile folder, by which its first process is known
 */
export async function memoryOfBrowser(profile: string, page: Page): Promise<number | null> {
  if (process.platform === 'linux') return memoryOfFamily(basename(profile));
  const session = await page.context().newCDPSession(page);
  try {
    await session.send('Performance.enable');
    const { metrics } = await session.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === 'JSHeapTotalSize')?.value ?? null;
  } finally {
    await session.detach();
  }
}

/**
 * As if the machine had no memory left: decoded pictures that nobody shows any more go, half a gigabyte of them at times, and
 * everything that is seen stays.
 */
export async function releaseCaches(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  try {
    await session.send('Memory.simulatePressureNotification', { level: 'critical' });
  } finally {
    await session.detach();
  }
}

interface Process {
  readonly pid: string;
  readonly parent: string;
  readonly command: string;
}

async function memoryOfFamily(mark: string): Promise<number | null> {
  const processes = (await Promise.all((await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(processOf))).filter((process) => process !== null);
  const family = new Set(processes.filter(({ command }) => command.includes(mark)).map(({ pid }) => pid));
  if (family.size === 0) return null;
  // Parents have smaller depth, not smaller numbers: go round until nobody is added.
  for (let before = 0; before !== family.size; ) {
    before = family.size;
    for (const { pid, parent } of processes) if (family.has(parent)) family.add(pid);
  }
  const watched = processes.filter(({ pid, command }) => family.has(pid) && /--type=(renderer|gpu-process)/.test(command));
  const sizes = await Promise.all(watched.map(({ pid }) => proportionalSet(pid)));
  return sizes.reduce<number>((sum, size) => sum + size, 0);
}

/** A process may end while we look: then it is none. */
async function processOf(pid: string): Promise<Process | null> {
  try {
    const [stat, command] = await Promise.all([readFile(`/proc/${pid}/stat`, 'utf8'), readFile(`/proc/${pid}/cmdline`, 'utf8')]);
    // The name in parentheses may hold anything, also spaces: the fields begin after the last one.
    const [, parent = ''] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { pid, parent, command };
  } catch {
    return null;
  }
}

/** What a process holds of its own and its share of what several hold, bytes; 0 when it has ended, or this is no Linux. */
export async function proportionalSet(pid: string): Promise<number> {
  try {
    const text = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8');
    // Kernels before 5.4 tell the whole only.
    const parts = [...text.matchAll(/^Pss_(?:Anon|Shmem):\s+(\d+) kB$/gm)];
    const told = parts.length > 0 ? parts : [...text.matchAll(/^Pss:\s+(\d+) kB$/gm)];
    return told.reduce((sum, [, kilobytes]) => sum + Number(kilobytes) * KILOBYTE, 0);
  } catch {
    // Ended meanwhile.
    return 0;
  }
}
