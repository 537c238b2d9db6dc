import { expect, it } from 'vitest';
import { createSafety, safeProgramme } from '../../src/player/safe-programme.ts';
import { creative, programme } from '../programme-fixture.ts';

const ids = (of: { creatives: readonly { id: string }[] }): string[] => of.creatives.map(({ id }) => id);
const video = { kind: 'video', mediaType: 'video/mp4' } as const;
const crowd = { criteria: [{ metric: 'present', condition: 'at-least', value: 3 }] } as const;

it('keeps the stills of the house that need nobody', () => {
  const safe = safeProgramme(programme([creative('still'), creative('film', video), creative('booked', { tier: 'contract' }), creative('crowd', { criteria: [...crowd.criteria] })]));
  expect(ids(safe)).toEqual(['still']);
});

it('keeps the notice that people are counted, or the counting would have to end', () => {
  const safe = safeProgramme(programme([creative('still'), creative('notice', { tier: 'contract', notice: true })]));
  expect(ids(safe)).toEqual(['still', 'notice']);
});

it('takes any still, and then anything without criteria, before nothing', () => {
  expect(ids(safeProgramme(programme([creative('booked', { tier: 'contract' }), creative('film', video)])))).toEqual(['booked']);
  expect(ids(safeProgramme(programme([creative('film', video)])))).toEqual(['film']);
});

it('gives the next version of the programme its chance', () => {
  const safety = createSafety(true);
  const broken = programme([creative('still'), creative('film', video)]);
  expect(ids(safety.of(broken))).toEqual(['still']);
  expect(ids(safety.of(broken))).toEqual(['still']);
  expect(ids(safety.of({ ...broken, version: 2 }))).toEqual(['still', 'film']);
  safety.enter();
  expect(ids(safety.of({ ...broken, version: 2 }))).toEqual(['still']);
});
