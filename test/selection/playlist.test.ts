import { describe, expect, it } from 'vitest';
import { MAIN_ZONE, type Criterion, type Playlist, type Programme } from '../../src/contract/index.ts';
import { Almanac, decide, offerOf, PlaylistOrder, type Choice, type Situation } from '../../src/selection/index.ts';
import { creative, playlist, programme } from '../programme-fixture.ts';
import { situationWith } from './situation.ts';

const ID = '01890a5d-ac96-774b-bcce-b302099a8057';
const two: Criterion = { metric: 'present', condition: 'at-least', value: 2 };
const letters = (text: string) => text.split('').map((id) => creative(id));

/** Plays so many times, each remembered as a zone remembers it. */
function play(from: Programme, times: number, over: Partial<Situation> = {}, present = 0): Choice[] {
  const offer = offerOf(from, MAIN_ZONE);
  const choices: Choice[] = [];
  let situation = situationWith([two], present, over);
  for (let time = 0; time < times; time += 1) {
    const choice = decide(offer, situation, Math.imul(time + 1, 0x9e37_79b1) >>> 0, ID)!;
    choices.push(choice);
    situation = { ...situation, lastCreativeId: choice.creative.id, turns: new Map([...situation.turns, ...choice.turns]), row: choice.goesOn ? (choice.path[0]?.id ?? null) : null };
  }
  return choices;
}

const shown = (choices: readonly Choice[]) => choices.map(({ creative: { id } }) => id).join('');
const withLists = (creatives: string, ...playlists: Playlist[]): Programme => programme(letters(creatives), { playlists });

describe('a playlist', () => {
  it('plays its next item each time that it wins the draw, and begins again at its end', () => {
    expect(shown(play(withLists('abc', playlist('list-x', ['a', 'b', 'c'])), 7))).toBe('abcabca');
  });

  it('takes part in the draw with its own weight, and its creatives do not', () => {
    const choices = play(withLists('abz', playlist('list-x', ['a', 'b'], { weight: 3 })), 400, {});
    const own = choices.filter(({ path }) => path.length > 0);
    expect(own[0]!.decision).toMatchObject({ propensityPpm: 750_000, reason: { kind: 'house', tier: 'house', playlist: ['list-x'] } });
    // "z" cannot follow itself, so the playlist has three of four draws, and all of those after a "z".
    expect(own.length).toBeGreaterThan(290);
    expect(own.length).toBeLessThan(350);
    expect(shown(own)).toMatch(/^(ab)+a?$/);
  });

  it('plays what is nested in it in turn, with the path in the reason', () => {
    const choices = play(withLists('abcd', playlist('list-x', ['a', 'list-y']), playlist('list-y', ['b', 'list-z']), playlist('list-z', ['c', 'd'])), 9);
    expect(shown(choices)).toBe('abacabada'.slice(0, 9));
    expect(choices[3]!.decision.reason.playlist).toEqual(['list-x', 'list-y', 'list-z']);
    expect(choices[0]!.decision.reason.playlist).toEqual(['list-x']);
  });

  it('may play all of its items in a row before anything else is drawn', () => {
    const text = shown(play(withLists('abcz', playlist('list-x', ['a', 'b', 'c'], { play: 'all' })), 80));
    expect(text.replaceAll('abc', '-')).toMatch(/^[-z]+a?b?$/);
    expect(text).toContain('z');
  });

  it('is not cut short by a nested one that plays all in a row', () => {
    expect(shown(play(withLists('abcd', playlist('list-x', ['a', 'list-y', 'd']), playlist('list-y', ['b', 'c'], { play: 'all' })), 8))).toBe('abcdabcd');
  });

  it('ends its row when the rest of it may not be shown', () => {
    const rest = { ...situationWith([], 0), setAside: new Set(['b', 'c']) };
    const text = shown(play(withLists('abcz', playlist('list-x', ['a', 'b', 'c'], { play: 'all' })), 20, { setAside: rest.setAside }));
    expect(text).toMatch(/^(az|za)+$/);
  });

  it('gives each item once a round when it is shuffled, in another order each time, without a repeat in between', () => {
    const ids = 'abcdefgh'.split('');
    const text = shown(play(withLists('abcdefgh', playlist('list-x', ids, { order: 'shuffled' })), 8 * 50));
    const rounds = Array.from({ length: 50 }, (_, round) => text.slice(8 * round, 8 * round + 8));
    for (const round of rounds) expect(round.split('').sort().join('')).toBe('abcdefgh');
    expect(new Set(rounds).size).toBeGreaterThan(45);
    expect(text).not.toMatch(/(.)\1/);
  });

  it('passes over what failed, what is out of its hours and what the audience does not call for', () => {
    const creatives = [creative('a'), creative('b', { criteria: [two] }), creative('c', { schedule: [{ weekdays: ['sunday'] }] }), creative('d')];
    const from = programme(creatives, { playlists: [playlist('list-x', ['a', 'b', 'c', 'd'])] });
    expect(shown(play(from, 4))).toBe('adad');
    expect(shown(play(from, 3, {}, 2))).toBe('abd');
    expect(shown(play(from, 3, { wallMs: Date.UTC(2026, 5, 7, 10) }))).toBe('acd');
    expect(shown(play(from, 2, { setAside: new Set(['a']) }))).toBe('dd');
  });

  it('holds its own criteria and schedule over all that is in it, and says both', () => {
    const from = programme([creative('a'), creative('z')], { playlists: [playlist('list-x', ['a'], { tier: 'audience', criteria: [two], schedule: [{ name: 'midweek', weekdays: ['wednesday'] }] })] });
    expect(shown(play(from, 1))).toBe('z');
    const [choice] = play(from, 1, {}, 2);
    expect(choice!.decision.reason).toEqual({ kind: 'audience', tier: 'audience', criteria: [two], schedule: 'midweek', playlist: ['list-x'] });
    expect(shown(play(from, 1, { almanac: new Almanac('Europe/Berlin'), wallMs: Date.UTC(2026, 5, 4, 10) }, 2))).toBe('z');
  });
});

describe('the order of a playlist', () => {
  it('is the same for the same salt, and another for another', () => {
    const shuffled = playlist('list-x', 'abcdefghijklmnop'.split(''), { order: 'shuffled' });
    const orderOf = (salt: string) => Array.from({ length: 16 }, (_, turn) => new PlaylistOrder(salt).itemAt(shuffled, turn));
    expect(orderOf('one')).toEqual(orderOf('one'));
    expect(orderOf('one')).not.toEqual(orderOf('two'));
  });
});
