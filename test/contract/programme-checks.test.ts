import { describe, expect, it } from 'vitest';
import { describeIssues, programmeSchema, type Creative, type Layout, type Playlist, type Programme } from '../../src/contract/index.ts';
import { creative, playlist, programme } from '../programme-fixture.ts';

function refusal(creatives: Creative[], over: Partial<Programme> = {}): string {
  const parsed = programmeSchema.safeParse(programme(creatives, over));
  return parsed.success ? 'accepted' : describeIssues(parsed.error);
}

const layout = (zones: Partial<Layout['zones'][number]>[], over: Partial<Layout> = {}): Layout => ({ id: 'shelf', columns: 4, rows: 3, zones: zones.map((zone) => ({ id: 'main', column: 1, row: 1, columnSpan: 1, rowSpan: 1, ...zone })), ...over });
const chain = (length: number): Playlist[] => Array.from({ length }, (_, index) => playlist(`list-${index}`, index + 1 < length ? [`list-${index + 1}`] : ['a']));
const web = (over: Partial<Creative>): Creative => creative('w', { kind: 'web', mediaType: 'application/vnd.litfass.web+json', ...over });
const [a, b] = [creative('a'), creative('b')];

describe('a programme is refused, with the place and what to do,', () => {
  it.each([
    ['playlists in a circle', [a, b], { playlists: [playlist('list-x', ['b', 'list-y']), playlist('list-y', ['list-z']), playlist('list-z', ['list-x'])] }, 'playlists.0: is a circle: list-x → list-y → list-z → list-x'],
    ['a playlist in itself', [a], { playlists: [playlist('list-x', ['list-x'])] }, 'is a circle: list-x → list-x'],
    ['an item that is not there', [a], { playlists: [playlist('list-x', ['a', 'q'])] }, 'playlists.0.items.1.creative: there is no creative "q"'],
    ['playlists nested too deep', [a], { playlists: chain(9) }, 'playlists.0: holds playlists 9 deep; 8 is the most'],
    ['a playlist with the id of a creative', [a, b], { playlists: [playlist('b', ['a'])] }, 'playlists.0.id: "b" is the id of'],
    ['a zone that is not there', [a, creative('c', { zone: 'ticker' })], {}, 'creatives.1.zone: no layout has a zone "ticker"; there is main'],
    ['a zone of its own in a playlist', [a, creative('c', { zone: 'main' })], { playlists: [playlist('list-x', ['c'])] }, 'creatives.1.zone: "c" stands in a playlist'],
    ['a rhythm of its own in a playlist', [a, creative('c', { atLeastEveryMs: 60_000 })], { playlists: [playlist('list-x', ['c'])] }, 'creatives.1.atLeastEveryMs'],
    ['a layout without a main zone', [a], { layouts: [layout([{ id: 'left' }])] }, 'layouts.0.zones: exactly one zone must be called "main"'],
    ['zones over each other', [a], { layouts: [layout([{ columnSpan: 3, rowSpan: 3 }, { id: 'side', column: 3, columnSpan: 2 }])] }, 'layouts.0.zones.1: "side" lies over "main"'],
    ['a zone beyond its grid', [a], { layouts: [layout([{ column: 4, columnSpan: 2 }])] }, 'layouts.0.zones.0.columnSpan: "main" ends at column 5 of 4'],
    ['a background that is no colour', [a, creative('c', { presentation: { background: 'red' } })], {}, 'creatives.1.presentation.background: must be a colour such as #1a2b3c'],
    ['a transition that never ends', [a, creative('c', { durationMs: 3_000, presentation: { transition: { kind: 'fade', ms: 1_600 } } })], {}, 'creatives.1.presentation.transition.ms: "c" is shown for 3000 ms; its transition may take half of that'],
    ['a picture that was made for a size', [a, creative('c', { presentation: { madeFor: { widthPx: 1_920, heightPx: 1_080 } } })], {}, 'creatives.1.presentation.madeFor: "c" is of kind image: only html, package, web are made for a size'],
    ['a daypart that is none', [a, creative('c', { schedule: [{ dayparts: [{ from: '7:00', to: '25:00' }] }] })], {}, 'creatives.1.schedule.0.dayparts.0.from: must be a time of the day such as 07:30'],
    ['dates in the wrong order', [a, creative('c', { schedule: [{ from: '2026-12-24', until: '2026-12-01' }] })], {}, 'creatives.1.schedule.0.until: ends before it begins'],
    ['a fallback that is not there', [a, web({ fallback: 'q' })], {}, 'creatives.1.fallback: there is no creative "q"'],
    ['a fallback that comes from outside as well', [a, web({ fallback: 'w2' }), web({ id: 'w2' })], {}, 'creatives.1.fallback: "w2" is of kind web, which comes from outside as well'],
    ['a fallback of itself', [a, web({ fallback: 'w' })], {}, 'creatives.1.fallback: "w" is of kind web'],
    ['a fallback of what is on the screen', [a, creative('b', { fallback: 'a' })], {}, 'creatives.1.fallback: "b" is of kind image, whose file is on the screen: only web, stream, ticker have a fallback'],
    ['something in place of the notice', [a, web({ fallback: 'a', notice: true })], {}, 'creatives.1.fallback: "w" is the notice that people are counted, and nothing may stand in for it'],
    ['a date that does not exist', [a, creative('c', { schedule: [{ from: '2026-02-30' }] })], {}, 'must be a date'],
  ] as [string, Creative[], Partial<Programme>, string][])('for %s', (_, creatives, over, words) => {
    expect(refusal(creatives, over)).toContain(words);
  });

  const never = 'needs no criteria and no schedule';
  const hours = [{ weekdays: ['monday' as const] }];
  it.each([
    ['all creatives have a schedule', [creative('a', { schedule: hours })], {}],
    ['the only one without stands in a playlist with a schedule', [a], { playlists: [playlist('list-x', ['a'], { schedule: hours })] }],
    ['the only one without stands in a nested playlist whose outer one has criteria', [a], { playlists: [playlist('list-x', ['list-y'], { criteria: [{ metric: 'present', condition: 'at-least', value: 1 }] }), playlist('list-y', ['a'])] }],
    ['the only one without is in another zone', [creative('a', { zone: 'side' })], { layouts: [layout([{}, { id: 'side', column: 2 }])] }],
  ] as [string, Creative[], Partial<Programme>][])('if its main zone could be dark: %s', (_, creatives, over) => {
    expect(refusal(creatives, over)).toContain(never);
  });
});

it('a web page with an image to fall back on is accepted', () => {
  expect(refusal([a, web({ fallback: 'a' })])).toBe('accepted');
});

it('a programme with playlists, layouts, schedules and slots is accepted, and one playlist may stand in several', () => {
  const layouts = [layout([{ columnSpan: 3, rowSpan: 3 }, { id: 'side', column: 4, rowSpan: 3 }], { schedule: [{ dayparts: [{ from: '22:00', to: '02:00' }] }] })];
  const playlists = [playlist('list-x', ['a', 'list-z']), playlist('list-y', ['list-z'], { zone: 'side' }), playlist('list-z', ['b'])];
  expect(refusal([a, b], { layouts, playlists, slots: { cycleMs: 10_000 } })).toBe('accepted');
});
