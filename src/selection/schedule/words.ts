import { WEEKDAYS } from '../../contract/index.ts';
import type { Window } from './windows.ts';

/** Finishes the sentence "because it is …": the name that people gave the rule, or its day, hours and dates. */
export function windowWords({ rule, daypart, day }: Window): string {
  if (rule.name !== undefined) return rule.name;
  const weekday = WEEKDAYS[day.dayOfWeek - 1] ?? '';
  const parts = [
    ...(rule.weekdays === undefined ? [] : [weekday.charAt(0).toUpperCase() + weekday.slice(1)]),
    ...(daypart === null ? [] : [`${daypart.from} to ${daypart.to}`]),
    ...datesWords(rule.from, rule.until),
  ];
  return parts.length === 0 ? 'any day' : parts.join(', ');
}

function datesWords(from: string | undefined, until: string | undefined): string[] {
  if (from !== undefined && until !== undefined) return [from === until ? from : `${from} to ${until}`];
  if (from !== undefined) return [`${from} or later`];
  return until === undefined ? [] : [`${until} or earlier`];
}
