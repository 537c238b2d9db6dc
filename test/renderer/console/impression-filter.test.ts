import { describe, expect, it } from 'vitest';
import { apiPath, filterPath, isNarrowed, readFilter } from '../../../renderer/console/impressions/impression-filter.ts';

describe('the filter of the impressions', () => {
  it('lives in the address and comes back from it', () => {
    const filter = readFilter('search=brot+%26+k%C3%A4se&screen=entrance-1a2b3c&end=failed&from=2026-05-01&to=2026-05-03');
    expect(filter).toEqual({ search: 'brot & käse', screen: 'entrance-1a2b3c', creative: '', reason: '', end: 'failed', fromDay: '2026-05-01', toDay: '2026-05-03' });
    expect(readFilter(filterPath('/impressions', filter).split('?')[1] ?? '')).toEqual(filter);
  });

  it('leaves a clean address when nothing is narrowed', () => {
    expect(filterPath('/audit', readFilter(''))).toBe('/audit');
    expect(isNarrowed(readFilter(''))).toBe(false);
    expect(isNarrowed(readFilter('reason=house'))).toBe(true);
  });

  it('asks the hub for whole days, the last one included', () => {
    const query = new URLSearchParams(apiPath(readFilter('from=2026-05-01&to=2026-05-03'), '17.4').split('?')[1]);
    expect(Object.fromEntries(query)).toEqual({ from: String(new Date(2026, 4, 1).getTime()), to: String(new Date(2026, 4, 4).getTime()), before: '17.4' });
  });
});
