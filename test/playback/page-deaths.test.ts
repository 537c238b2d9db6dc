import { describe, expect, it } from 'vitest';
import { PageDeaths, type Witnesses } from '../../src/playback/page-deaths.ts';
import { creative } from '../programme-fixture.ts';

const [front, side, other, bomb] = [creative('front'), creative('side'), creative('other'), creative('bomb')];
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** @returns for each death, on whom it was laid: on its way, or in front */
function die(deaths: PageDeaths, witnesses: Partial<Witnesses>[], everyMs = MINUTE): string[] {
  return witnesses.map(({ unseen = [], inFront = [] }, index) =>
    deaths
      .died({ unseen, inFront }, index * everyMs)
      .map(({ creative: { id }, wasSeen }) => `${id} ${wasSeen ? 'in front' : 'on its way'}`)
      .join(' and '),
  );
}

const times = (count: number, witnesses: Partial<Witnesses>): Partial<Witnesses>[] => Array.from({ length: count }, () => witnesses);

describe('the death of a page', () => {
  it('is laid to what was in front when that is so for the third time, and nothing else was on its way', () => {
    expect(die(new PageDeaths(), times(3, { inFront: [front] }))).toEqual(['', '', 'front in front']);
  });

  it('is laid to what was on its way, and not to the innocent one that was in front each time', () => {
    const deaths = new PageDeaths();
    expect(die(deaths, times(3, { unseen: [bomb], inFront: [front] }))).toEqual(['', '', 'bomb on its way']);
    // Its deaths are explained: the next two tell nothing of the other one.
    expect(die(deaths, times(2, { inFront: [front] }))).toEqual(['', '']);
  });

  it('is laid to what was on its way in one zone, and not to what was in front of any', () => {
    const deaths = new PageDeaths();
    expect(die(deaths, times(3, { unseen: [bomb], inFront: [front, side] }))).toEqual(['', '', 'bomb on its way']);
    expect(die(deaths, times(2, { inFront: [front, side] }))).toEqual(['', '']);
  });

  it('is laid to what is always there, though something else is on its way in another zone each time', () => {
    const others = [other, side, front].map((by) => ({ unseen: [by, bomb] }));
    expect(die(new PageDeaths(), others)).toEqual(['', '', 'bomb on its way']);
  });

  it('is laid in the end to what kills in leaving, while one after the other is on its way', () => {
    const deaths = new PageDeaths();
    const leaving = (by: typeof front): Partial<Witnesses> => ({ unseen: [by], inFront: [bomb] });
    expect(die(deaths, [leaving(side), leaving(front), leaving(other), leaving(side), leaving(front), leaving(other)])).toEqual(['', '', '', '', '', 'bomb in front']);
  });

  it('needs no third one with a creative that was found to be a culprit, until it plays to its end', () => {
    const deaths = new PageDeaths();
    die(deaths, times(3, { unseen: [bomb], inFront: [front] }));
    expect(die(deaths, times(2, { unseen: [bomb], inFront: [front] }))).toEqual(['bomb on its way', 'bomb on its way']);
    deaths.acquit(bomb);
    expect(die(deaths, times(1, { unseen: [bomb], inFront: [front] }))).toEqual(['']);
  });

  it('says nothing against a creative that played to its end since', () => {
    const deaths = new PageDeaths();
    die(deaths, times(2, { inFront: [front] }));
    deaths.acquit(front);
    expect(die(deaths, times(2, { inFront: [front] }))).toEqual(['', '']);
  });

  it('is forgotten after a day: a creative that stands for ever is not guilty of what happens each week', () => {
    expect(die(new PageDeaths(), times(10, { inFront: [front] }), 7 * DAY)).toEqual(Array<string>(10).fill(''));
  });

  it('says nothing against what is not in the programme any more', () => {
    const deaths = new PageDeaths();
    die(deaths, times(2, { inFront: [front] }));
    deaths.keepOnly([side]);
    expect(die(deaths, times(2, { inFront: [front] }))).toEqual(['', '']);
  });
});
