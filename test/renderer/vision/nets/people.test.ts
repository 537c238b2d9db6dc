import { describe, expect, it } from 'vitest';
import { peopleOf } from '../../../../renderer/vision/worker/nets/people.ts';

const PERSON = 0;
const CHAIR = 56;

describe('bodies among the detector rows', () => {
  it('are the people, in fractions of the picture, best first', () => {
    const rows = [...[0, 256, 128, 512, 0.3, PERSON], ...[256, 0, 384, 512, 0.8, PERSON]];
    expect(peopleOf(rows)).toEqual([
      { score: 0.8, box: { x: 0.5, y: 0, width: 0.25, height: 1 } },
      { score: 0.3, box: { x: 0, y: 0.5, width: 0.25, height: 0.5 } },
    ]);
  });

  it('are not hidden by a surer chair in front of them', () => {
    expect(peopleOf([...[100, 100, 200, 400, 0.9, CHAIR], ...[100, 100, 200, 400, 0.25, PERSON]])).toHaveLength(1);
  });

  it('count once, however often they were found', () => {
    expect(peopleOf([...[100, 100, 200, 400, 0.5, PERSON], ...[104, 100, 204, 404, 0.4, PERSON], ...[300, 100, 400, 400, 0.3, PERSON]]).map((body) => body.score)).toEqual([0.5, 0.3]);
  });

  it('are neither patterns nor boxes without inside', () => {
    expect(peopleOf([...[100, 100, 200, 400, 0.05, PERSON], ...[200, 100, 200, 400, 0.9, PERSON], ...[NaN, 0, 1, 1, 0.9, PERSON]])).toEqual([]);
  });
});
