import { describe, expect, it } from 'vitest';
import type { SensingPermit } from '../../src/contract/index.ts';
import { permitsOf } from '../../src/player/permits.ts';
import { creative, programme } from '../programme-fixture.ts';

const permit: SensingPermit = { purpose: 'p', legalBasis: 'l', notice: 'n', retention: 'r', untilMs: 1_000 };
const statistics = { windowMs: 900_000, epsilonNumerator: 1, epsilonDenominator: 1 };
const notice = creative('notice', { notice: true });

describe('sensing', () => {
  it('is off without a programme, and without a permit in it', () => {
    expect(permitsOf(null, 0)).toEqual({ camera: false, demographics: false });
    expect(permitsOf(programme([notice]), 0)).toEqual({ camera: false, demographics: false });
  });

  it('is on by permit, and the camera does not bring demographics with it', () => {
    expect(permitsOf(programme([notice], { policy: { statistics, camera: permit } }), 0)).toEqual({ camera: true, demographics: false });
    expect(permitsOf(programme([notice], { policy: { statistics, camera: permit, demographics: permit } }), 0)).toEqual({ camera: true, demographics: true });
  });

  it('needs the camera for demographics', () => {
    expect(permitsOf(programme([notice], { policy: { statistics, demographics: permit } }), 0).demographics).toBe(false);
  });

  it('ends with the permit, and when the notice drops out of the programme', () => {
    const policy = { statistics, camera: permit, demographics: permit };
    expect(permitsOf(programme([notice], { policy }), 1_000).camera).toBe(false);
    expect(permitsOf(programme([creative('a')], { policy }), 0).camera).toBe(false);
  });
});
