import { readFileSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { uptime } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';

/** How this process leaves its place: to be started again, with the whole machine if need be. */
export type Departure = 'restart' | 'reboot';

/** Restarts that did not help will not help the fourth time. */
const MOST_RESTARTS = 3;

const recordSchema = z.strictObject({
  /** Of the machine: it changes with each start of its operating system. */
  machineBoot: z.string(),
  uptimeS: z.number(),
  /** In this boot. */
  restarts: z.int().min(0),
  /** Asked for since a stage was last well for an hour: a machine that reboots for ever is worse than a dark screen. */
  reboots: z.int().min(0),
  /** Nothing helped: from now on only the safe programme. */
  safe: z.boolean(),
});
type DepartureRecord = z.infer<typeof recordSchema>;

export interface Machine {
  readonly boot: string;
  readonly uptimeS: number;
}

/** What is remembered of a boot, as far as it is still the same one. An uptime that went back is a new boot, too. */
function recordOf(last: DepartureRecord | null, { boot, uptimeS }: Machine): DepartureRecord {
  const same = last !== null && last.machineBoot === boot && uptimeS >= last.uptimeS;
  return { machineBoot: boot, uptimeS, restarts: same ? last.restarts : 0, reboots: last?.reboots ?? 0, safe: same && last.safe };
}

/** Three restarts a boot, then one reboot, then the safe programme for the rest of this boot. */
function nextDeparture(record: DepartureRecord, mayReboot: boolean): { readonly record: DepartureRecord; readonly departure: Departure | 'stay-safe' } {
  if (record.restarts < MOST_RESTARTS) return { record: { ...record, restarts: record.restarts + 1 }, departure: 'restart' };
  if (mayReboot && record.reboots === 0) return { record: { ...record, reboots: 1 }, departure: 'reboot' };
  return { record: { ...record, safe: true }, departure: 'stay-safe' };
}

export interface Departures {
  /** This boot has seen enough: play only what is safe. */
  readonly safe: boolean;
  /** Counts before it advises: a process that dies in leaving was counted. */
  next(): Promise<Departure | 'stay-safe'>;
  /** The stage was well for an hour. */
  wellForLong(): Promise<void>;
}

/**
 * The count of departures in the data folder.
 *
 * @param mayReboot whether something outside carries out a request to reboot, such as the systemd unit
 */
export function openDepartures(dataDir: string, mayReboot: boolean, machine: () => Machine = thisMachine): Departures {
  const file = join(dataDir, 'departures.json');
  let record = recordOf(read(file), machine());
  const keep = async (next: DepartureRecord): Promise<void> => {
    record = { ...next, uptimeS: machine().uptimeS };
    await write(file, JSON.stringify(record));
  };
  return {
    get safe() {
      return record.safe;
    },
    async next() {
      const { record: counted, departure } = nextDeparture(record, mayReboot);
      // There is nothing new to count.
      if (departure === 'stay-safe' && record.safe) return departure;
      try {
        await keep(counted);
        return departure;
      } catch {
        // What cannot be counted cannot be bounded: a full disk must not become a storm of restarts.
        return 'stay-safe';
      }
    },
    async wellForLong() {
      if (record.reboots > 0) await keep({ ...record, reboots: 0 });
    },
  };
}

function read(file: string): DepartureRecord | null {
  try {
    return recordSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    // Not there at the first start; damaged, it counts anew, and the next write replaces it.
    return null;
  }
}

async function write(path: string, text: string): Promise<void> {
  const file = await open(`${path}.new`, 'w', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(`${path}.new`, path);
}

/** Linux gives each boot an id; elsewhere the uptime alone tells. */
function thisMachine(): Machine {
  try {
    return { boot: readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim(), uptimeS: uptime() };
  } catch {
    return { boot: 'unknown', uptimeS: uptime() };
  }
}
