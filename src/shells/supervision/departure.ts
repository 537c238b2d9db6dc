import { readFileSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { uptime } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';

/** How this process leaves its place: to be started again, with the whole machine if need be. */
export type Departure = 'restart' | 'reboot';

/** Restarts that did not help will not help the fourth time. */
const MOST_RESTARTS = 3;
/** Four faults, each a quarter of a year after the other, are no storm: after a day without one, restarts are granted anew. */
const FORGIVEN_AFTER_S = 86_400;

const recordSchema = z.strictObject({
  /** Of the machine: it changes with each start of its operating system. */
  machineBoot: z.string(),
  /** At the last departure, or when this boot was first seen. */
  uptimeS: z.number(),
  /** In this boot, since the last day without any. */
  restarts: z.int().min(0),
  /** Asked for since a stage was last well for an hour: a machine that reboots for ever is worse than a dark screen. */
  reboots: z.int().min(0),
  /** Nothing helped: from now on only what is safe of the programme. */
  safe: z.boolean(),
  /** Version of the programme that was played then; `null`: of whichever is played first, as in files of older versions. */
  avoidedVersion: z.int().nullable().default(null),
});
type DepartureRecord = z.infer<typeof recordSchema>;

export interface Machine {
  readonly boot: string;
  readonly uptimeS: number;
}

/** What is remembered of a boot, as far as it is still the same one. An uptime that went back is a new boot, too. */
function recordOf(last: DepartureRecord | null, { boot, uptimeS }: Machine): DepartureRecord {
  const same = last !== null && last.machineBoot === boot && uptimeS >= last.uptimeS;
  return same ? last : { machineBoot: boot, uptimeS, restarts: 0, reboots: last?.reboots ?? 0, safe: false, avoidedVersion: null };
}

/** Three restarts, then one reboot, then the safe part of this programme for the rest of this boot. */
function nextDeparture(record: DepartureRecord, mayReboot: boolean, version: number | null): { readonly record: DepartureRecord; readonly departure: Departure | 'stay-safe' } {
  if (record.restarts < MOST_RESTARTS) return { record: { ...record, restarts: record.restarts + 1 }, departure: 'restart' };
  if (mayReboot && record.reboots === 0) return { record: { ...record, reboots: 1 }, departure: 'reboot' };
  return { record: { ...record, safe: true, avoidedVersion: version }, departure: 'stay-safe' };
}

export interface Departures {
  /** This boot has seen enough of a programme: play only what is safe of it, see `PlayerOptions.safe`. */
  readonly safe: { readonly version: number | null } | null;
  /** Counts before it advises: a process that dies in leaving was counted. @param version of the programme that was played */
  next(version: number | null): Promise<Departure | 'stay-safe'>;
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
    record = next;
    await write(file, JSON.stringify(record));
  };
  return {
    get safe() {
      return record.safe ? { version: record.avoidedVersion } : null;
    },
    async next(version) {
      const { record: counted, departure } = nextDeparture(record, mayReboot, version);
      // There is nothing new to count.
      if (departure === 'stay-safe' && record.safe && record.avoidedVersion === version) return departure;
      try {
        await keep({ ...counted, uptimeS: machine().uptimeS });
        return departure;
      } catch {
        // What cannot be counted cannot be bounded: a full disk must not become a storm of restarts.
        return 'stay-safe';
      }
    },
    async wellForLong() {
      const isForgiven = machine().uptimeS - record.uptimeS >= FORGIVEN_AFTER_S;
      if (record.reboots > 0 || (isForgiven && record.restarts > 0)) await keep({ ...record, reboots: 0, restarts: isForgiven ? 0 : record.restarts });
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
