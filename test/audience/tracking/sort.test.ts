import { describe, expect, it } from 'vitest';
import { byFrame, readMot, writeMot } from '../../../src/audience/mot-file.ts';
import { createSort } from '../../../src/audience/tracking/index.ts';
import { TUD_CAMPUS_FPS, tudCampus, tudCampusRows, WITHOUT_TUD_CAMPUS } from '../tud-campus.ts';
import { filmOf, scores, track } from './film.ts';

const box = (x: number, y = 0, width = 40, height = 100) => ({ x, y, width, height });
const seen = (...boxes: ReturnType<typeof box>[]) => boxes.map((found) => ({ box: found, score: 0.9 }));

describe('SORT', () => {
  it('tells at once who is there when a film begins, and later only whom it saw four times in a row', () => {
    const sort = createSort();
    expect(sort.step(0, seen(box(0)))).toHaveLength(1);
    for (let picture = 1; picture < 5; picture++) sort.step(picture, seen(box(2 * picture)));
    const told = [5, 6, 7, 8].map((picture) => sort.step(picture, seen(box(2 * picture), box(400))).length);
    expect(told).toEqual([1, 1, 1, 2]);
  });

  it('forgives one picture unseen, and gives a new number after two', () => {
    const ids = (pattern: string) => {
      const sort = createSort({ minHits: 0 });
      return pattern.split('').map((mark, picture) => sort.step(picture, mark === '.' ? [] : seen(box(0)))[0]?.id ?? null);
    };
    expect(ids('xxx.xx')).toEqual([1, 1, 1, null, 1, 1]);
    expect(ids('xxx..xx')).toEqual([1, 1, 1, null, null, 2, 2]);
  });

  it('never takes pairs that overlap by less than three tenths', () => {
    const sort = createSort({ minHits: 0 });
    expect(sort.step(0, seen(box(0)))[0]?.id).toBe(1);
    expect(sort.step(1, seen(box(22)))[0]?.id).toBe(2);
  });

  it('makes exactly the published figures on TUD-Campus', ({ skip }) => {
    skip(tudCampus === null, WITHOUT_TUD_CAMPUS);
    const truth = tudCampusRows('gt.txt');
    const told = track(createSort(), filmOf(truth, tudCampusRows('det.txt'), TUD_CAMPUS_FPS));
    // Through the file, as the published figures were: two decimals.
    const rows = told.flatMap((people, index) => people.map((person) => ({ frame: index + 1, ...person, confidence: 1 })));
    const score = scores(truth, byFrame(readMot(writeMot(rows), 'SORT')));
    expect(score).toMatchObject({ FP: 15, FN: 113, IDSW: 6, Frag: 9, MT: 6, PT: 2, ML: 0 });
    expect(score.MOTA.toFixed(6)).toBe('0.626741');
    expect(score.MOTP.toFixed(6)).toBe('0.736770');
    expect(score.IDF1.toFixed(6)).toBe('0.606452');
    expect([score.HOTA, score.DetA, score.AssA].map((figure) => figure.toFixed(6))).toEqual(['0.452570', '0.488255', '0.422818']);
  });
});
