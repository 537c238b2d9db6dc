import { startOfDay } from '../words/time.ts';

/** What the address bar holds: a search can be sent to a colleague. Days are the viewer's own, both included. */
export interface ImpressionFilter {
  readonly search: string;
  readonly screen: string;
  readonly creative: string;
  readonly reason: string;
  readonly end: string;
  readonly fromDay: string;
  readonly toDay: string;
}

const NAMES: Readonly<Record<keyof ImpressionFilter, string>> = { search: 'search', screen: 'screen', creative: 'creative', reason: 'reason', end: 'end', fromDay: 'from', toDay: 'to' };
const FIELDS = Object.keys(NAMES) as (keyof ImpressionFilter)[];

export function readFilter(query: string): ImpressionFilter {
  const given = new URLSearchParams(query);
  const of = (field: keyof ImpressionFilter): string => given.get(NAMES[field]) ?? '';
  return { search: of('search'), screen: of('screen'), creative: of('creative'), reason: of('reason'), end: of('end'), fromDay: of('fromDay'), toDay: of('toDay') };
}

/** The address of a filter on a page; empty fields are left out. */
export function filterPath(page: string, filter: ImpressionFilter): string {
  const query = new URLSearchParams(FIELDS.filter((field) => filter[field] !== '').map((field) => [NAMES[field], filter[field]]));
  return query.size === 0 ? page : `${page}?${query.toString()}`;
}

export function isNarrowed(filter: ImpressionFilter): boolean {
  return FIELDS.some((field) => filter[field] !== '');
}

/** What the hub is asked: days become moments, and the end of a day is the beginning of the next. */
export function apiQuery(filter: ImpressionFilter): URLSearchParams {
  const query = new URLSearchParams();
  for (const field of ['search', 'screen', 'creative', 'reason', 'end'] as const) if (filter[field] !== '') query.set(field, filter[field]);
  const fromMs = startOfDay(filter.fromDay);
  const toMs = startOfDay(filter.toDay, 1);
  if (fromMs !== null) query.set('from', String(fromMs));
  if (toMs !== null) query.set('to', String(toMs));
  return query;
}

/** One page of the answer, from a position on. */
export function apiPath(filter: ImpressionFilter, before: string | null): string {
  const query = apiQuery(filter);
  if (before !== null) query.set('before', before);
  return `/api/impressions?${query.toString()}`;
}
