import { readdirSync, readFileSync } from 'node:fs';

/** USER_HZ, which Linux has fixed at 100 for everything that it tells of processes (time(7)). */
const TICKS_PER_SECOND = 100;
const KILOBYTE = 1_024;

export interface TreeReading {
  /** Resident, summed: shared pages count once for each process. */
  readonly rssBytes: number;
  /** Proportional: a page that n processes share counts an n-th for each. */
  readonly pssBytes: number;
  /** User and system time since each process began, seconds. */
  readonly cpuSeconds: number;
  readonly processes: number;
}

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly cpuSeconds: number;
}

/** What a process and all its descendants hold and have used, from /proc. @param without the trees of these are left out */
export function readTree(root: number, without: readonly number[] = []): TreeReading {
  const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).flatMap((name) => read(Number(name)) ?? []);
  const tree = new Set([root]);
  for (let before = 0; before !== tree.size; ) {
    before = tree.size;
    for (const { pid, parent } of all) if (tree.has(parent) && !without.includes(pid)) tree.add(pid);
  }
  const members = all.filter(({ pid }) => tree.has(pid));
  const sizes = members.map(({ pid }) => rollup(pid));
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
  return { rssBytes: sum(sizes.map(({ rss }) => rss)), pssBytes: sum(sizes.map(({ pss }) => pss)), cpuSeconds: sum(members.map(({ cpuSeconds }) => cpuSeconds)), processes: members.length };
}

/** Of the descendants of a process, the first one whose command line matches. */
export function findDescendant(root: number, pattern: RegExp): number | null {
  const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).flatMap((name) => read(Number(name)) ?? []);
  const tree = new Set([root]);
  for (let before = 0; before !== tree.size; ) {
    before = tree.size;
    for (const { pid, parent } of all) if (tree.has(parent)) tree.add(pid);
  }
  return all.find(({ pid }) => pid !== root && tree.has(pid) && pattern.test(textOf(`/proc/${pid}/cmdline`)))?.pid ?? null;
}

function read(pid: number): Process | null {
  const stat = textOf(`/proc/${pid}/stat`);
  // The name in parentheses may hold anything: the fields begin after the last one (proc_pid_stat(5)).
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return stat === '' ? null : { pid, parent: Number(fields[1]), cpuSeconds: (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND };
}

function rollup(pid: number): { readonly rss: number; readonly pss: number } {
  const text = textOf(`/proc/${pid}/smaps_rollup`);
  const bytes = (name: string): number => KILOBYTE * Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(text)?.[1] ?? 0);
  return { rss: bytes('Rss'), pss: bytes('Pss') };
}

/** Empty for a process that has ended meanwhile. */
function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
