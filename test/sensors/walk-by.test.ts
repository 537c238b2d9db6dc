import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { createAudience } from '../../src/audience/index.ts';
import { readObservations } from '../../src/sensors/index.ts';

const file = fileURLToPath(new URL('../../assets/walk-by/walk-by.ndjson', import.meta.url));

describe('the recorded walk-by', async () => {
  const observations = await readObservations(file);
  const audience = createAudience();
  const moments = observations.map((observation) => {
    audience.observe(observation);
    return audience.at(observation.atMs);
  });
  const visits = audience.close();

  it('lasts about a minute, and somebody is there from the sixth second on', () => {
    expect(observations.at(-1)?.atMs).toBeGreaterThan(50_000);
    expect(moments.find((moment) => moment.present > 0)?.atMs).toBeLessThan(6_000);
  });

  it('shows an empty shop, one who passes, a couple of whom one watches, and one who lingers', () => {
    expect(Math.max(...moments.map((moment) => moment.present))).toBe(2);
    expect(visits).toHaveLength(4);
    expect(visits.filter((visit) => visit.watcher)).toHaveLength(2);
    expect(moments.filter((moment) => moment.atMs > 6_000 && moment.present === 0).length).toBeGreaterThan(20);
  });

  it('says of the couple that they are a woman and a man between 25 and 44', () => {
    const together = moments.filter((moment) => moment.present === 2 && moment.watching === 1 && moment.genders.unknown === 0).at(-1);
    expect(together?.genders.female).toBeGreaterThan(0.6);
    expect(together?.genders.male).toBeGreaterThan(0.9);
    expect(together?.ages['25-44']).toBeGreaterThan(1.5);
  });
});
