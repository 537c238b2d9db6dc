import { Temporal } from 'temporal-polyfill';
import { LitfassError, type Schedule } from '../../contract/index.ts';
import { windowsOf, type Window } from './windows.ts';
import { windowWords } from './words.ts';

interface Page {
  /** In words why it holds, or `null`. */
  readonly words: string | null;
  /** True from here, and until there. */
  readonly fromMs: number;
  readonly untilMs: number;
}

/** Says which schedules hold on this screen's clock. What it found is kept until the next hour at which it could change. */
export class Almanac {
  readonly timeZone: string;
  #pages = new WeakMap<Schedule, Page>();

  /** @param timeZone IANA name @throws LitfassError `time-zone-unknown` */
  constructor(timeZone: string) {
    try {
      Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(timeZone);
    } catch (error) {
      throw new LitfassError('time-zone-unknown', `"${timeZone}" is not a time zone; say one of the IANA names, such as Europe/Berlin.`, { cause: error });
    }
    this.timeZone = timeZone;
  }

  /** @returns in words what holds, as in "Saturday, 07:00 to 12:00", or `null` when the schedule does not */
  holds(schedule: Schedule, wallMs: number): string | null {
    const known = this.#pages.get(schedule);
    if (known !== undefined && wallMs >= known.fromMs && wallMs < known.untilMs) return known.words;
    const page = read(schedule, this.timeZone, wallMs);
    this.#pages.set(schedule, page);
    return page.words;
  }

  /** Offset of the zone from UTC, minutes east. */
  offsetMin(wallMs: number): number {
    return Math.round(this.#at(wallMs).offsetNanoseconds / 60_000_000_000);
  }

  #at(wallMs: number): Temporal.ZonedDateTime {
    return Temporal.Instant.fromEpochMilliseconds(wallMs).toZonedDateTimeISO(this.timeZone);
  }
}

/** A window begins today or, when it goes through the night, yesterday. */
function read(schedule: Schedule, timeZone: string, wallMs: number): Page {
  const today = Temporal.Instant.fromEpochMilliseconds(wallMs).toZonedDateTimeISO(timeZone).toPlainDate();
  const windows = [today.subtract({ days: 1 }), today].flatMap((day) => schedule.flatMap((rule) => windowsOf(rule, day, timeZone)));
  const midnights = [today, today.add({ days: 1 })].map((day) => day.toZonedDateTime(timeZone).epochMilliseconds);
  const changes = [...midnights, ...windows.flatMap(({ startMs, endMs }) => [startMs, endMs])];
  const open: Window | undefined = windows.find(({ startMs, endMs }) => wallMs >= startMs && wallMs < endMs);
  return {
    words: open === undefined ? null : windowWords(open),
    fromMs: Math.max(...changes.filter((ms) => ms <= wallMs)),
    untilMs: Math.min(...changes.filter((ms) => ms > wallMs)),
  };
}
