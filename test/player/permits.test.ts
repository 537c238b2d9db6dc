import { describe, expect, it } from 'vitest';
import type { ClockReading, SensingPermit } from '../../src/contract/index.ts';
import { permitsOf } from '../../src/player/permits.ts';
import { creative, programme } from '../programme-fixture.ts';

const NOW_MS = 1_800_000_000_000;
const now: ClockReading = { wallMs: NOW_MS, monoMs: 1_000_000, quality: 'synced' };
const permit: SensingPermit = { purpose: 'p', legalBasis: 'l', notice: 'n', retention: 'r', untilMs: NOW_MS + 1_000 };
const statistics = { windowMs: 900_000, epsilonNumerator: 1, epsilonDenominator: 1 };
const policy = { statistics, camera: permit, demographics: permit };
const notice = creative('notice', { notice: true, atLeastEveryMs: 45_000, durationMs: 5_000 });
const justShown = (): number => now.monoMs;

const OFF = { camera: false, demographics: false, expression: false };
const ON = { camera: true, demographics: true, expression: false };

describe('sensing', () => {
  it('is off without a programme, and without a permit in it', () => {
    expect(permitsOf(null, now, justShown)).toEqual(OFF);
    expect(permitsOf(programme([notice]), now, justShown)).toEqual(OFF);
  });

  it('is on by permit, and the camera does not bring demographics with it', () => {
    expect(permitsOf(programme([notice], { policy: { statistics, camera: permit } }), now, justShown)).toEqual({ ...ON, demographics: false });
    expect(permitsOf(programme([notice], { policy }), now, justShown)).toEqual(ON);
  });

  it('takes whether people smile for a permit of its own, which nothing else brings', () => {
    expect(permitsOf(programme([notice], { policy: { statistics, camera: permit, expression: permit } }), now, justShown)).toEqual({ camera: true, demographics: false, expression: true });
    expect(permitsOf(programme([notice], { policy: { statistics, expression: permit } }), now, justShown)).toEqual(OFF);
    expect(permitsOf(programme([notice], { policy: { ...policy, expression: { ...permit, untilMs: NOW_MS } } }), now, justShown)).toEqual(ON);
  });

  it('needs the camera for demographics', () => {
    expect(permitsOf(programme([notice], { policy: { statistics, demographics: permit } }), now, justShown)).toEqual(OFF);
  });

  it('ends with the permit', () => {
    expect(permitsOf(programme([notice], { policy }), { ...now, wallMs: permit.untilMs }, justShown)).toEqual(OFF);
  });

  it('is off while the clock cannot tell whether the permit has ended', () => {
    expect(permitsOf(programme([notice], { policy }), { ...now, wallMs: 1_000, quality: 'unsynced' }, justShown)).toEqual(OFF);
    expect(permitsOf(programme([notice], { policy, issuedMs: NOW_MS + 3_600_000 }), now, justShown)).toEqual(OFF);
    expect(permitsOf(programme([notice], { policy, issuedMs: NOW_MS + 60_000 }), now, justShown)).toEqual(ON);
  });

  it('stops when the notice drops out of the programme, depends on the audience, or has no turn of its own', () => {
    const withoutTurn = creative('notice', { notice: true });
    for (const creatives of [[creative('a')], [creative('a'), { ...notice, criteria: [{ metric: 'present', condition: 'at-least', value: 9 } as const] }], [withoutTurn]]) {
      expect(permitsOf(programme(creatives, { policy }), now, justShown)).toEqual(OFF);
    }
  });

  it('stops when the notice has not been on the screen for twice its turn, and starts again with it', () => {
    expect(permitsOf(programme([notice], { policy }), now, () => now.monoMs - 95_000)).toEqual(ON);
    expect(permitsOf(programme([notice], { policy }), now, () => now.monoMs - 95_001)).toEqual(OFF);
    expect(permitsOf(programme([notice], { policy }), now, () => null)).toEqual(OFF);
  });
});
