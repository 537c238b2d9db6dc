import fc from 'fast-check';
import { expect, it } from 'vitest';
import { MAIN_ZONE, MEDIA_TYPES, programmeSchema, TIERS, type Creative, type Criterion, type Layout, type Programme } from '../../src/contract/index.ts';
import { createSafety, safeProgramme } from '../../src/player/safe-programme.ts';
import { Almanac, CriteriaMemory, decide, decideForSlot, offerOf, PlaylistOrder, type Situation } from '../../src/selection/index.ts';
import { creative, playlist, programme } from '../programme-fixture.ts';

const ids = (of: { creatives: readonly { id: string }[] }): string[] => of.creatives.map(({ id }) => id);
const video = { kind: 'video', mediaType: 'video/mp4' } as const;
const crowd = { criteria: [{ metric: 'present', condition: 'at-least', value: 3 }] } as const;

it('keeps the stills of the house that need nobody', () => {
  const safe = safeProgramme(programme([creative('still'), creative('film', video), creative('booked', { tier: 'contract' }), creative('crowd', { criteria: [...crowd.criteria] })]));
  expect(ids(safe)).toEqual(['still']);
});

it('keeps the notice that people are counted, or the counting would have to end', () => {
  const safe = safeProgramme(programme([creative('still'), creative('notice', { tier: 'contract', notice: true })]));
  expect(ids(safe)).toEqual(['still', 'notice']);
});

it('takes any still, and then anything without criteria, before nothing', () => {
  expect(ids(safeProgramme(programme([creative('booked', { tier: 'contract' }), creative('film', video)])))).toEqual(['booked']);
  expect(ids(safeProgramme(programme([creative('film', video)])))).toEqual(['film']);
});

const past = { schedule: [{ until: '2000-01-01' }] };
const halves: Layout = { id: 'halves', columns: 2, rows: 1, zones: [MAIN_ZONE, 'side'].map((id, index) => ({ id, column: index + 1, row: 1, columnSpan: 1, rowSpan: 1 })) };

it('does not take for safe what is only there to stand in for something else, has its season, or is in another zone', () => {
  const film = creative('film', video);
  expect(ids(safeProgramme(programme([film, creative('stand-in', past)])))).toEqual(['film']);
  expect(ids(safeProgramme(programme([film, creative('season', { schedule: [{ from: '2026-12-01', until: '2026-12-26' }] })])))).toEqual(['film']);
  expect(ids(safeProgramme(programme([film, creative('logo', { zone: 'side' })], { layouts: [halves] })))).toEqual(['film']);
  expect(ids(safeProgramme(programme([film, creative('still')], { playlists: [playlist('list-x', ['still'], past)] })))).toEqual(['film']);
});

it('keeps what playlists lead to at any time, drawn with the tier of the outermost, and main has the whole panel', () => {
  const safe = safeProgramme(programme([creative('film', video), creative('still'), creative('booked')], { layouts: [halves], playlists: [playlist('list-x', ['list-y']), playlist('list-y', ['still', 'film']), playlist('list-z', ['booked'], { tier: 'contract' })] }));
  expect(ids(safe)).toEqual(['still']);
  expect(safe).toMatchObject({ layouts: undefined, playlists: undefined });
});

it('keeps what stands in for a page from outside, where there is nothing else', () => {
  const page = creative('page', { kind: 'web', mediaType: MEDIA_TYPES.web[0], fallback: 'stand-in' });
  expect(ids(safeProgramme(programme([page, creative('stand-in', past)])))).toEqual(['page', 'stand-in']);
});

const rules = { criteria: fc.constantFrom<Criterion[][]>([], [], [...crowd.criteria]), schedule: fc.constantFrom(undefined, undefined, past.schedule, [{ weekdays: ['monday' as const] }]), zone: fc.constantFrom(undefined, undefined, MAIN_ZONE, 'side'), tier: fc.constantFrom(...TIERS) };
const anyCreative = fc
  .record({ ...rules, kind: fc.constantFrom('image', 'video', 'web'), fallback: fc.constantFrom(undefined, 'c0', 'c1'), notice: fc.constantFrom(undefined, true), atLeastEveryMs: fc.constantFrom(undefined, 60_000) } as const)
  .map(({ kind, fallback, ...over }) => ({ ...over, kind, mediaType: MEDIA_TYPES[kind][0], ...(kind === 'web' && over.notice === undefined ? { fallback } : {}) }) satisfies Partial<Creative>);
const anyList = fc.record({ ...rules, items: fc.uniqueArray(fc.constantFrom('c0', 'c1', 'c2', 'c3', 'list-1', 'list-2'), { minLength: 1, maxLength: 4 }) });

/** Most of what is made up is refused, so what would be refused for a trifle is corrected first. */
const anyProgramme: fc.Arbitrary<Programme> = fc.record({ creatives: fc.array(anyCreative, { minLength: 1, maxLength: 6 }), lists: fc.array(anyList, { maxLength: 3 }) }).map(({ creatives, lists }) => {
  const known = new Set([...creatives.map((_, index) => `c${index}`), ...lists.map((_, index) => `list-${index}`)]);
  const playlists = lists.map(({ items, ...over }, index) => playlist(`list-${index}`, items.filter((item) => known.has(item) && (!item.startsWith('list-') || item > `list-${index}`)), over)).filter(({ items }) => items.length > 0);
  const inside = new Set(playlists.flatMap(({ items }) => items.map((item) => ('creative' in item ? item.creative : item.playlist))));
  const free = <T extends object>(id: string, over: T): T => (inside.has(id) ? { ...over, zone: undefined, atLeastEveryMs: undefined } : over);
  const parsed = { ...programme(creatives.map((over, index) => creative(`c${index}`, free(`c${index}`, over)))), playlists: playlists.map((list) => ({ ...list, ...(inside.has(list.id) ? { zone: undefined } : {}) })), layouts: [halves] };
  return JSON.parse(JSON.stringify(parsed)) as Programme;
});

/** Nobody is there, nothing was shown: at a time in the past, one at which no weekday of ours holds, and on a Monday. */
function situations(): Situation[] {
  return [0, Date.UTC(2026, 6, 15, 10), Date.UTC(2026, 6, 13, 10)].map((wallMs) => ({ nowMs: 0, wallMs, almanac: new Almanac('Europe/Berlin'), criteria: new CriteriaMemory(), lastShownMs: new Map(), lastCreativeId: null, setAside: new Set(), turns: new Map(), row: null, order: new PlaylistOrder('salt') }));
}

it('of any programme that is accepted, the safe part would be accepted as well, and always has something to show', () => {
  let accepted = 0;
  fc.assert(
    fc.property(anyProgramme, (whole) => {
      if (!programmeSchema.safeParse(whole).success) return;
      accepted += 1;
      const safe = safeProgramme(whole);
      expect(programmeSchema.safeParse(safe).error?.issues ?? []).toEqual([]);
      const offer = offerOf(safe, MAIN_ZONE);
      for (const situation of situations()) {
        expect(decide(offer, situation, 1, 'd')).not.toBeNull();
        expect(decideForSlot(offer, situation, 7, 10_000, 'd')).not.toBeNull();
      }
    }),
    { numRuns: 800 },
  );
  expect(accepted).toBeGreaterThan(100);
});

it('gives the next version of the programme its chance', () => {
  const safety = createSafety({ version: null });
  const broken = programme([creative('still'), creative('film', video)]);
  expect(ids(safety.of(broken))).toEqual(['still']);
  expect(ids(safety.of(broken))).toEqual(['still']);
  expect(ids(safety.of({ ...broken, version: 2 }))).toEqual(['still', 'film']);
  safety.enter();
  expect(ids(safety.of({ ...broken, version: 2 }))).toEqual(['still']);
});

it('plays the whole of a programme that came after the one with which earlier lives broke down', () => {
  const safety = createSafety({ version: 98 });
  const creatives = [creative('still'), creative('film', video)];
  expect(ids(safety.of(programme(creatives, { version: 99 })))).toEqual(['still', 'film']);
  expect(ids(createSafety({ version: 98 }).of(programme(creatives, { version: 98 })))).toEqual(['still']);
  expect(ids(createSafety(null).of(programme(creatives, { version: 98 })))).toEqual(['still', 'film']);
});
