import { describe, expect, it } from 'vitest';
import { scoreClear, scoreHota, scoreIdentity, type ComparedFrame } from '../../../src/audience/scoring/index.ts';
import { scores } from '../tracking/film.ts';
import { tudCampus, tudCampusRows, WITHOUT_TUD_CAMPUS } from '../tud-campus.ts';

/** Which picture, which of the truth, which of the tracker: these two are alike, all others are not. */
type Alike = readonly [picture: number, truth: string, result: string];

/** Five pictures, from who is there when (`A: '123'`) and who is alike. Capitals are the truth. */
function film(presence: Readonly<Record<string, string>>, alike: readonly Alike[]): ComparedFrame[] {
  const names = Object.keys(presence);
  const id = (name: string): number => names.indexOf(name) + 1;
  return [1, 2, 3, 4, 5].map((picture) => {
    const there = names.filter((name) => presence[name]!.includes(String(picture)));
    const truths = there.filter((name) => name === name.toUpperCase());
    const results = there.filter((name) => name === name.toLowerCase());
    const isAlike = (truth: string, result: string) => alike.some((pair) => pair[0] === picture && pair[1] === truth && pair[2] === result);
    return { truths: truths.map(id), results: results.map(id), similarity: truths.map((truth) => results.map((result) => (isAlike(truth, result) ? 1 : 0))) };
  });
}

// The micro scenarios of TrackEval's own tests (MIT), whose answers can be counted by hand.
const PRESENCE = { A: '12345', B: '123', a: '1234', b: '12345' };
const NO_CONFUSION: readonly Alike[] = [[4, 'A', 'b'], [5, 'A', 'b'], [1, 'B', 'a'], [2, 'B', 'a']];
const CONFUSION: readonly Alike[] = [...NO_CONFUSION, [3, 'A', 'a'], [2, 'B', 'b']];
const SPLIT = film({ A: '1245', B: '12345', a: '12', b: '345', c: '5', d: '345', e: '12' }, [
  [1, 'A', 'a'], [2, 'A', 'a'], [4, 'A', 'd'], [5, 'A', 'd'], [1, 'B', 'e'], [2, 'B', 'e'], [3, 'B', 'b'], [4, 'B', 'b'], [5, 'B', 'c'],
]);

describe('CLEAR', () => {
  it('counts what was found, missed and made up', () => {
    expect(scoreClear(film(PRESENCE, NO_CONFUSION))).toMatchObject({ TP: 4, FN: 4, FP: 5, IDSW: 0, MOTA: 1 - 9 / 8 });
  });

  it('counts a changed identity as a switch', () => {
    expect(scoreClear(film(PRESENCE, CONFUSION))).toMatchObject({ TP: 5, FN: 3, FP: 4, IDSW: 1, MOTA: 0 });
  });

  it('counts each switch of split tracks, and the start after A was away', () => {
    const score = scoreClear(SPLIT);
    expect(score).toMatchObject({ TP: 9, FN: 0, FP: 2, IDSW: 3, Frag: 1, MT: 2, PT: 0, ML: 0, MOTP: 1 });
    expect(score.MOTA).toBeCloseTo(1 - 5 / 9, 12);
  });

  it('stays with the pair of the picture before, though another overlaps more', () => {
    const frame = (similarity: number[]): ComparedFrame => ({ truths: [1], results: [1, 2], similarity: [similarity] });
    expect(scoreClear([frame([0.9, 0]), frame([0.6, 0.9])])).toMatchObject({ IDSW: 0, MOTP: 0.75 });
    expect(scoreClear([frame([0.9, 0]), frame([0.4, 0.9])])).toMatchObject({ IDSW: 1 });
  });

  it('counts a new start after a gap as one fragment, and none for pictures without any result', () => {
    const found: ComparedFrame = { truths: [1], results: [1], similarity: [[1]] };
    const elsewhere: ComparedFrame = { truths: [1], results: [1], similarity: [[0]] };
    const nothing: ComparedFrame = { truths: [1], results: [], similarity: [[]] };
    expect(scoreClear([found, elsewhere, found, found])).toMatchObject({ Frag: 1, FN: 1, FP: 1 });
    expect(scoreClear([found, nothing, found])).toMatchObject({ Frag: 0, FN: 1, FP: 0 });
  });
});

describe('ID', () => {
  it.each([['without', NO_CONFUSION], ['with', CONFUSION]])('pairs whole lives, %s confusion on the way', (_, alike) => {
    expect(scoreIdentity(film(PRESENCE, alike))).toMatchObject({ IDTP: 4, IDFN: 4, IDFP: 5, IDF1: 8 / 17 });
  });

  it('counts only the longest part of a split track', () => {
    expect(scoreIdentity(SPLIT)).toMatchObject({ IDTP: 4, IDFN: 5, IDFP: 7, IDF1: 8 / 20 });
  });
});

describe('HOTA', () => {
  it('is 1 for the truth itself, and 0 for nothing', () => {
    const frames = film({ A: '12345', B: '123', a: '12345', b: '123' }, [1, 2, 3, 4, 5].flatMap((picture): Alike[] => [[picture, 'A', 'a'], [picture, 'B', 'b']]));
    expect(scoreHota(frames)).toEqual({ HOTA: 1, DetA: 1, AssA: 1 });
    expect(scoreHota(film({ A: '12345' }, []))).toEqual({ HOTA: 0, DetA: 0, AssA: 0 });
  });

  it('is the root of both halves when one person is cut in two and all boxes are right', () => {
    // Two tracks of 2 and 3 pictures share a life of 5: AssA = (2·2/5 + 3·3/5) / 5.
    const score = scoreHota(film({ A: '12345', a: '12', b: '345' }, [[1, 'A', 'a'], [2, 'A', 'a'], [3, 'A', 'b'], [4, 'A', 'b'], [5, 'A', 'b']]));
    expect(score.DetA).toBeCloseTo(1, 12);
    expect(score.AssA).toBeCloseTo(13 / 25, 12);
    expect(score.HOTA).toBeCloseTo(Math.sqrt(13 / 25), 12);
  });

  it('counts a box at just those bars that it meets', () => {
    const half: ComparedFrame = { truths: [1], results: [1], similarity: [[0.5]] };
    // 0.5 meets ten of the nineteen bars.
    expect(scoreHota([half, half]).HOTA).toBeCloseTo(10 / 19, 12);
  });
});

it('a result on TUD-Campus gets the figures that py-motmetrics and TrackEval give it', ({ skip }) => {
  skip(tudCampus === null, WITHOUT_TUD_CAMPUS);
  const score = scores(tudCampusRows('gt.txt'), tudCampusRows('test.txt'));
  const figures = Object.fromEntries((['HOTA', 'DetA', 'AssA', 'IDF1', 'IDP', 'IDR', 'MOTA', 'MOTP'] as const).map((name) => [name, score[name].toFixed(6)]));
  expect(figures).toEqual({ HOTA: '0.391397', DetA: '0.418047', AssA: '0.369121', IDF1: '0.557659', IDP: '0.729730', IDR: '0.451253', MOTA: '0.526462', MOTP: '0.722799' });
  expect(score).toMatchObject({ FP: 13, FN: 150, IDSW: 7, Frag: 7, MT: 1, PT: 6, ML: 1 });
});
