import { describe, expect, it } from 'vitest';
import { pathShape } from '../../../../renderer/console/audit/record/path-shape.ts';
import { recordWords } from '../../../../renderer/console/audit/record/record-words.ts';
import { verdictWords } from '../../../../renderer/console/audit/record/verdict-words.ts';
import type { Check, RecordReport } from '../../../../renderer/console/audit/verify/index.ts';
import { play, release } from '../../../hub/leaves.ts';

const factsOf = (leaf: unknown): Record<string, string> => Object.fromEntries(recordWords(JSON.stringify(leaf)).facts.map(({ name, value }) => [name, value]));

describe('a record in words', () => {
  it('says what was shown, why, when, for how long and by what clock, from the leaf alone', () => {
    const facts = factsOf(play('entrance-1a2b3c', 1, { hubClock: { offsetMs: -1_250, uncertaintyMs: 8 }, droppedFrames: null, zoneOffsetMin: -210 }));
    expect(facts).toMatchObject({
      What: 'Espresso, of the campaign Spring (image)',
      Why: expect.stringContaining('Because two or more people are here. Drawn with a chance of 50 %') as string,
      'How long': '10 s of 10 s planned, by the clock that does not jump',
      'How it ended': 'Played in full',
      Frames: '600 presented, dropped ones cannot be told here',
      Panel: 'Unknown: nothing here reports it',
      When: '2026-05-04 10:00:10.000 UTC, the screen’s zone UTC−03:30',
      'By what clock': 'The screen’s own, which was set. 1,250 ms behind the hub, ±\u00a08\u00a0ms.',
    });
  });

  it('says what a play of the first version leaves open', () => {
    const later = ['zone', 'hubClock', 'droppedFrames', 'panel'];
    const earlier = Object.fromEntries(Object.entries(play('entrance-1a2b3c', 1, { clock: 'unsynced' })).filter(([field]) => !later.includes(field)));
    expect(factsOf({ ...earlier, v: 1 })).toMatchObject({ Frames: '600 presented', 'By what clock': 'The screen’s own, which was never set: the time is wrong.' });
  });

  it('never calls an unmeasured window empty', () => {
    expect(factsOf(release('entrance-1a2b3c', 0, 'watched', 0, { coveragePercent: 0 }))).toMatchObject({ Measured: 'not at all: the sensor saw nothing' });
  });

  it.each(['not JSON', '{"type":"poem"}', 'null'])('of unknown shape is said to be so: %s', (leaf) => {
    expect(recordWords(leaf).title).toBe('A record of unknown shape');
  });
});

describe('the verdict in words', () => {
  const check = (id: Check['id'], outcome: Check['outcome']): Check => ({ id, title: `the ${id}`, outcome, finding: '', tookMs: 0 });
  const report = (verdict: RecordReport['verdict'], checks: Check[]): RecordReport => ({ verdict, checks, leafHash: new Uint8Array(32), path: null, checkpoint: null });
  const words = (verdict: RecordReport['verdict'], checks: Check[], pinnedMs: number | null = 1) =>
    verdictWords({ kind: 'checked', report: report(verdict, checks) }, { screen: { name: 'x', key: 'x', pinnedMs, hubSays: null }, witnesses: [] });

  it('names the steps that failed', () => {
    expect(words('fail', [check('leaf', 'fail'), check('checkpoint', 'pass'), check('path', 'fail'), check('screen', 'blocked')])).toMatchObject({ word: 'FAIL', sentence: 'It failed at step 1, “the leaf” and step 3, “the path”.' });
  });

  it('says whose word a pass still rests on', () => {
    expect(words('pass', [check('witness', 'pass')]).sentence).not.toContain('the hub’s word');
    expect(words('pass', [check('witness', 'absent')], null).sentence).toMatch(/Nobody else has cosigned.*the hub’s word/);
  });

  it('is never a pass for what was not checked', () => {
    expect(verdictWords({ kind: 'unable', why: 'no Ed25519' }, null)).toMatchObject({ tone: 'open', word: 'NOT CHECKED' });
    expect(words('unproven', []).word).toBe('NOT PROVEN YET');
    expect(verdictWords(undefined, null).tone).toBe('open');
  });
});

describe('the drawing of a path', () => {
  it('puts each parent in the middle above its children, and stays inside, however crooked the way', () => {
    for (const sides of [['right', 'left', 'right'], Array<'left'>(22).fill('left'), Array<'right'>(22).fill('right'), []] as const) {
      const { nodes, siblings, heightPx } = pathShape(sides, 400);
      expect(nodes).toHaveLength(sides.length + 1);
      for (const [level, sibling] of siblings.entries()) {
        expect(nodes[level + 1]?.x).toBeCloseTo(((nodes[level]?.x ?? 0) + sibling.x) / 2);
        expect(sibling.x < (nodes[level]?.x ?? 0)).toBe(sides[level] === 'left');
      }
      for (const { x, y } of [...nodes, ...siblings]) expect(x >= 38 && x <= 362 && y >= 0 && y <= heightPx).toBe(true);
    }
  });
});
