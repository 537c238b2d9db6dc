import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Schedule } from '../../src/contract/index.ts';
import { Almanac } from '../../src/selection/index.ts';

/** Minutes from the first to the last at which a schedule holds, and how often it began, looked at minute by minute. */
function minutesOf(schedule: Schedule, timeZone: string, fromIso: string, toIso: string) {
  const almanac = new Almanac(timeZone);
  const open: string[] = [];
  let begun = 0;
  let before = false;
  for (let ms = Date.parse(fromIso); ms < Date.parse(toIso); ms += 60_000) {
    const holds = almanac.holds(schedule, ms) !== null;
    if (holds && !before) begun += 1;
    if (holds) open.push(new Date(ms).toISOString().slice(0, 16));
    before = holds;
  }
  return { first: open[0], last: open.at(-1), minutes: open.length, begun };
}

const during = (from: string, to: string): Schedule => [{ dayparts: [{ from, to }] }];

describe('a schedule', () => {
  it('holds from its first minute on, and not in the one at which it ends', () => {
    const almanac = new Almanac('Europe/Berlin');
    const breakfast = during('07:00', '10:00');
    const words = (time: string) => almanac.holds(breakfast, Date.parse(`2026-06-03T${time}+02:00`));
    expect([words('06:59:59.999'), words('07:00:00.000'), words('09:59:59.999'), words('10:00:00.000')]).toEqual([null, '07:00 to 10:00', '07:00 to 10:00', null]);
  });

  it('is meant in the time of the screen, wherever the programme was written', () => {
    const noon = during('12:00', '13:00');
    const at = Date.parse('2026-06-03T12:30:00Z');
    expect(new Almanac('UTC').holds(noon, at)).not.toBeNull();
    expect(new Almanac('Asia/Tokyo').holds(noon, at)).toBeNull();
    expect(new Almanac('Asia/Tokyo').holds(noon, Date.parse('2026-06-03T12:30:00+09:00'))).not.toBeNull();
  });

  it('belongs to the day on which it starts when it goes through the night', () => {
    const party: Schedule = [{ weekdays: ['friday'], dayparts: [{ from: '22:00', to: '03:00' }] }];
    // 2026-06-05 is a Friday.
    expect(minutesOf(party, 'Europe/Berlin', '2026-06-04T00:00:00+02:00', '2026-06-08T00:00:00+02:00')).toEqual({ first: '2026-06-05T20:00', last: '2026-06-06T00:59', minutes: 300, begun: 1 });
  });

  it('has a first and a last day, and the last one counts', () => {
    const advent: Schedule = [{ from: '2026-11-29', until: '2026-12-24' }];
    const { first, last } = minutesOf(advent, 'Europe/Berlin', '2026-11-28T00:00:00+01:00', '2026-12-26T00:00:00+01:00');
    expect([first, last]).toEqual(['2026-11-28T23:00', '2026-12-24T22:59']);
  });

  it('may last until midnight, or the whole day round', () => {
    expect(minutesOf(during('18:00', '24:00'), 'UTC', '2026-06-03T00:00:00Z', '2026-06-04T12:00:00Z')).toMatchObject({ first: '2026-06-03T18:00', last: '2026-06-03T23:59', minutes: 360 });
    expect(minutesOf(during('00:00', '24:00'), 'UTC', '2026-06-03T00:00:00Z', '2026-06-05T00:00:00Z')).toMatchObject({ minutes: 2_880, begun: 1 });
    expect(minutesOf(during('06:00', '06:00'), 'UTC', '2026-06-03T00:00:00Z', '2026-06-04T00:00:00Z')).toMatchObject({ minutes: 1_440, begun: 1 });
  });

  it('says why it holds, by its name or by day and hours', () => {
    const almanac = new Almanac('Europe/Berlin');
    const saturday = Date.parse('2026-06-06T08:00:00+02:00');
    expect(almanac.holds([{ weekdays: ['saturday', 'sunday'], dayparts: [{ from: '07:00', to: '12:00' }] }], saturday)).toBe('Saturday, 07:00 to 12:00');
    expect(almanac.holds([{ name: 'Saturday morning', weekdays: ['saturday'] }], saturday)).toBe('Saturday morning');
    expect(almanac.holds([{ from: '2026-06-01', until: '2026-06-30' }], saturday)).toBe('2026-06-01 to 2026-06-30');
  });

  it('refuses a time zone that does not exist', () => {
    expect(() => new Almanac('Europe/Birkenfurt')).toThrow(expect.objectContaining({ code: 'time-zone-unknown' }));
  });
});

describe('when the clocks change', () => {
  const zones = {
    'Europe/Berlin': { spring: '2026-03-29', springAt: '2026-03-29T01:00:00Z', autumn: '2026-10-25', autumnAt: '2026-10-25T00:00:00Z' },
    'America/New_York': { spring: '2026-03-08', springAt: '2026-03-08T07:00:00Z', autumn: '2026-11-01', autumnAt: '2026-11-01T05:00:00Z' },
  } as const;

  it.each([
    // At 02:00 the clocks go to 03:00.
    ['Europe/Berlin', '02:30', '04:00', { first: '2026-03-29T01:00', minutes: 60, begun: 1 }],
    ['Europe/Berlin', '01:00', '02:30', { first: '2026-03-29T00:00', minutes: 60, begun: 1 }],
    ['Europe/Berlin', '02:10', '02:50', { minutes: 0, begun: 0 }],
    ['Europe/Berlin', '23:00', '03:00', { minutes: 60 + 180, begun: 2 }],
    ['America/New_York', '02:30', '04:00', { first: '2026-03-08T07:00', minutes: 60, begun: 1 }],
  ] as const)('in spring, %s from %s to %s begins where the clocks go on, and has less time', (zone, from, to, expected) => {
    const { spring } = zones[zone];
    const start = new Date(`${spring}T00:00:00${zone === 'Europe/Berlin' ? '+01:00' : '-05:00'}`);
    expect(minutesOf(during(from, to), zone, start.toISOString(), new Date(start.getTime() + 24 * 3_600_000).toISOString())).toMatchObject(expected);
  });

  it.each([
    // At 03:00 summer time the clocks go back to 02:00: every time between is shown twice.
    ['Europe/Berlin', '02:30', '04:00', { first: '2026-10-25T00:30', last: '2026-10-25T02:59', minutes: 150, begun: 1 }],
    ['Europe/Berlin', '01:00', '02:30', { first: '2026-10-24T23:00', last: '2026-10-25T01:29', minutes: 150, begun: 1 }],
    ['Europe/Berlin', '02:10', '02:20', { first: '2026-10-25T00:10', last: '2026-10-25T01:19', minutes: 70, begun: 1 }],
    ['America/New_York', '01:30', '03:00', { first: '2026-11-01T05:30', last: '2026-11-01T07:59', minutes: 150, begun: 1 }],
  ] as const)('in autumn, %s from %s to %s neither stops nor plays twice', (zone, from, to, expected) => {
    const { autumn } = zones[zone];
    const start = new Date(`${autumn}T00:00:00${zone === 'Europe/Berlin' ? '+02:00' : '-04:00'}`);
    expect(minutesOf(during(from, to), zone, start.toISOString(), new Date(start.getTime() + 24 * 3_600_000).toISOString())).toMatchObject(expected);
  });

  it('follows the half hour of Lord Howe Island', () => {
    // 2026-04-05, 02:00 goes back to 01:30; 2026-10-04, 02:00 goes to 02:30.
    expect(minutesOf(during('01:40', '03:00'), 'Australia/Lord_Howe', '2026-04-04T12:00:00Z', '2026-04-05T12:00:00Z')).toMatchObject({ minutes: 110, begun: 1 });
    expect(minutesOf(during('02:10', '03:00'), 'Australia/Lord_Howe', '2026-10-03T12:00:00Z', '2026-10-04T12:00:00Z')).toMatchObject({ first: '2026-10-03T15:30', minutes: 30, begun: 1 });
  });

  it('knows that Samoa had no 30 December 2011', () => {
    const fridays: Schedule = [{ weekdays: ['friday'] }];
    // A Friday has no time; of a night, Thursday's ends where the clocks went on, and Friday's begins there.
    expect(minutesOf(fridays, 'Pacific/Apia', '2011-12-29T10:00:00Z', '2011-12-31T09:00:00Z')).toMatchObject({ minutes: 0 });
    expect(minutesOf(during('22:00', '02:00'), 'Pacific/Apia', '2011-12-30T00:00:00Z', '2011-12-31T06:00:00Z')).toMatchObject({ first: '2011-12-30T08:00', last: '2011-12-30T11:59', minutes: 240, begun: 1 });
  });

  it('holds at each instant whose clock shows a time inside a daypart of one day, and at no other but between two such', () => {
    const minute = fc.integer({ min: 0, max: 24 * 60 - 1 });
    const hhmm = (minutes: number) => `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
    fc.assert(
      fc.property(fc.constantFrom('Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Pacific/Apia', 'UTC'), minute, minute, fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2027, 0, 1) }), (timeZone, a, b, atMs) => {
        fc.pre(a !== b);
        const [from, to] = [hhmm(Math.min(a, b)), hhmm(Math.max(a, b))];
        const shown = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(atMs);
        const inside = shown >= from && shown < to;
        if (inside) expect(new Almanac(timeZone).holds(during(from, to), atMs)).not.toBeNull();
        else {
          // Within an hour of a change of the clocks, a window may reach over times that are shown twice.
          const offsets = [-2, 2].map((hours) => new Almanac(timeZone).offsetMin(atMs + hours * 3_600_000));
          if (offsets[0] === offsets[1]) expect(new Almanac(timeZone).holds(during(from, to), atMs)).toBeNull();
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('an almanac', () => {
  it('gives the same answer whether it was asked before or not, also when the clock is set back', () => {
    const schedule: Schedule = [{ weekdays: ['monday', 'tuesday'], dayparts: [{ from: '09:00', to: '12:00' }, { from: '14:00', to: '01:00' }] }, { from: '2026-03-28', until: '2026-03-29' }];
    const asked = new Almanac('Europe/Berlin');
    fc.assert(
      fc.property(fc.integer({ min: Date.UTC(2026, 2, 25), max: Date.UTC(2026, 3, 2) }), (atMs) => {
        expect(asked.holds(schedule, atMs)).toBe(new Almanac('Europe/Berlin').holds([...schedule], atMs));
      }),
      { numRuns: 300 },
    );
  });
});
