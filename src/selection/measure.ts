import type { AgeGroup, Audience, Metric } from '../contract/index.ts';

/**
 * Reads one metric of the audience: people, ms, or per cent of the people present.
 *
 * @returns `null` when it was not measured: a blind camera must not look like an empty shop, and nobody has no age.
 */
export function measure(metric: Metric, audience: Audience): number | null {
  if (audience.sensor !== 'ok') return null;
  switch (metric) {
    case 'present':
      return audience.present;
    case 'watching':
      return audience.watching;
    case 'dwell':
      return audience.dwellMs;
    case 'attention':
      return audience.attentionMs;
    case 'gender:female':
      return share(audience.genders.female, audience.genders.unknown, audience.present);
    case 'gender:male':
      return share(audience.genders.male, audience.genders.unknown, audience.present);
    case 'age:18-24':
    case 'age:25-44':
    case 'age:45-64':
    case 'age:65+':
      return share(audience.ages[metric.slice('age:'.length) as AgeGroup], audience.ages.unknown, audience.present);
  }
}

/** Of everybody present. Where nothing is known of anybody, as without a permit for demographics, nothing was measured. */
function share(expectedCount: number, unknownCount: number, present: number): number | null {
  return present === 0 || unknownCount >= present ? null : (100 * expectedCount) / present;
}
