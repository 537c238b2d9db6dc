import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAIN_ZONE, type Creative, type Criterion, type Decision, type Programme } from '../../src/contract/index.ts';
import { decide as decideFrom, offerOf, outranks, winningTier, type Situation } from '../../src/selection/index.ts';
import { draw } from '../../src/selection/draw.ts';
import { creative, programme } from '../programme-fixture.ts';
import { situationWith } from './situation.ts';

const two: Criterion = { metric: 'present', condition: 'at-least', value: 2 };
const ID = '01890a5d-ac96-774b-bcce-b302099a8057';

const situation = (over: Partial<Situation> = {}, present = 0): Situation => situationWith([two], present, over);

function decide(from: Programme, situation: Situation, seed: number, decisionId: string): Decision | null {
  return decideFrom(offerOf(from, MAIN_ZONE), situation, seed, decisionId)?.decision ?? null;
}

const house = programme([creative('a'), creative('b'), creative('pair', { tier: 'audience', criteria: [two] })]);

describe('a decision', () => {
  it('falls back to the house when nobody is there', () => {
    const decision = decide(house, situation(), 1, ID)!;
    expect(['a', 'b']).toContain(decision.creativeId);
    expect(decision).toMatchObject({ reason: { kind: 'house', tier: 'house', criteria: [] }, propensityPpm: 500_000, programmeVersion: 1, seed: 1 });
  });

  it('follows the audience, and says by which criteria but not what was measured', () => {
    const decision = decide(house, situation({}, 7), 1, ID)!;
    expect(decision.creativeId).toBe('pair');
    expect(decision.reason).toEqual({ kind: 'audience', tier: 'audience', criteria: [two] });
    expect(JSON.stringify(decision)).not.toContain('7,');
  });

  it('shows what is due by rotation, whatever the audience', () => {
    const notice = programme([creative('a'), creative('notice', { atLeastEveryMs: 45_000 }), creative('pair', { tier: 'audience', criteria: [two] })]);
    const lastShownMs = new Map([['notice', 55_000]]);
    expect(decide(notice, situation({ lastShownMs }, 2), 1, ID)).toMatchObject({ creativeId: 'notice', reason: { kind: 'rotation', tier: 'override' } });
    expect(decide(notice, situation({ lastShownMs: new Map([['notice', 55_001]]) }, 2), 1, ID)?.creativeId).toBe('pair');
  });

  it('does not repeat the last creative while there is another of its tier', () => {
    for (let seed = 0; seed < 50; seed += 1) expect(decide(house, situation({ lastCreativeId: 'a' }), seed, ID)?.creativeId).toBe('b');
    expect(decide(house, situation({ lastCreativeId: 'pair' }, 2), 1, ID)?.creativeId).toBe('pair');
  });

  it('leaves out what was set aside, and chooses nothing when all of it was', () => {
    expect(decide(house, situation({ setAside: new Set(['pair']) }, 2), 1, ID)?.reason.kind).toBe('house');
    expect(decide(house, situation({ setAside: new Set(['a', 'b', 'pair']) }, 2), 1, ID)).toBeNull();
  });

  it('can be replayed from its record: eligible set, seed and propensity', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 1_000 }), { minLength: 1, maxLength: 12 }), fc.integer({ min: 0, max: 0xffff_ffff }), (weights, seed) => {
        const creatives = weights.map((weight, index) => creative(`c${String(index).padStart(2, '0')}`, { weight }));
        const reversed = creatives.toReversed() as unknown as [Creative, ...Creative[]];
        const decision = decide(programme(creatives), situation(), seed, ID)!;
        const replayed = draw(reversed, decision.seed);
        expect(replayed.winner.id).toBe(decision.creativeId);
        expect(replayed.propensityPpm).toBe(decision.propensityPpm);
        expect(decision.eligibleSha256).toBe(createHash('sha256').update(creatives.map(({ id, weight }) => `${id}:${weight}\n`).sort().join('')).digest('hex'));
      }),
    );
  });

  it('draws by weight: over many seeds each share is within five standard deviations of its propensity', () => {
    const weighted: Programme = programme([creative('a', { weight: 1 }), creative('b', { weight: 2 }), creative('c', { weight: 7 })]);
    const counts = new Map<string, number>();
    const draws = 20_000;
    for (let seed = 0; seed < draws; seed += 1) {
      const { creativeId } = decide(weighted, situation(), Math.imul(seed, 0x9e37_79b1) >>> 0, ID)!;
      counts.set(creativeId, (counts.get(creativeId) ?? 0) + 1);
    }
    for (const [id, share] of [['a', 0.1], ['b', 0.2], ['c', 0.7]] as const) {
      const deviation = Math.sqrt(draws * share * (1 - share));
      expect(Math.abs((counts.get(id) ?? 0) - draws * share)).toBeLessThan(5 * deviation);
    }
  });
});

describe('tiers', () => {
  it('rank override, contract, audience, house', () => {
    expect(outranks('override', 'contract') && outranks('contract', 'audience') && outranks('audience', 'house')).toBe(true);
    expect(outranks('house', 'house')).toBe(false);
    expect(winningTier(offerOf(house, MAIN_ZONE), situation({}, 2))).toBe('audience');
    expect(winningTier(offerOf(house, MAIN_ZONE), situation())).toBe('house');
  });
});
