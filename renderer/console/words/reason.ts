import type { Criterion, Reason } from '../../../src/contract/index.ts';

const SMALL_NUMBERS = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'];

/** Finishes the sentence "Shown because …". */
export function reasonWords(reason: Reason): string {
  const schedule = reason.schedule === undefined ? [] : [`it is ${reason.schedule}`];
  const playlist = reason.playlist === undefined ? '' : `, in the playlist ${reason.playlist.join(' → ')}`;
  const instead = reason.insteadOf === undefined ? '' : `, in place of ${reason.insteadOf.creativeId}, which could not be shown (${reason.insteadOf.code})`;
  return [...ruleWords(reason, schedule.length > 0), ...schedule].join(' and ') + playlist + instead;
}

/** @param isScheduled then what has no other reason needs none */
function ruleWords({ kind, tier, criteria }: Reason, isScheduled: boolean): string[] {
  switch (kind) {
    case 'audience':
      return criteria.length === 0 ? ['it suits any audience'] : criteria.map(criterionWords);
    case 'rotation':
      return ['it was due again'];
    case 'booked':
      return [tier === 'override' ? 'it overrides everything else' : 'it is booked'];
    case 'house':
      return isScheduled ? [] : ['nothing more specific applied'];
  }
}

const GROUP_WORDS = {
  'age:18-24': '18 to 24 years old',
  'age:25-44': '25 to 44 years old',
  'age:45-64': '45 to 64 years old',
  'age:65+': '65 or older',
  'gender:female': 'women',
  'gender:male': 'men',
} as const;

function criterionWords({ metric, condition, value }: Criterion): string {
  const atLeast = condition === 'at-least';
  switch (metric) {
    case 'present':
      return `${peopleWords(atLeast, value)} here`;
    case 'watching':
      return `${peopleWords(atLeast, value)} watching`;
    case 'dwell':
      return atLeast ? `somebody has stayed for ${secondsWords(value)} or longer` : `nobody has stayed longer than ${secondsWords(value)}`;
    case 'attention':
      return atLeast ? `somebody has watched for ${secondsWords(value)} or longer` : `nobody has watched longer than ${secondsWords(value)}`;
    case 'age:18-24':
    case 'age:25-44':
    case 'age:45-64':
    case 'age:65+':
    case 'gender:female':
    case 'gender:male':
      return `${atLeast ? 'at least' : 'at most'} ${String(value)} % of the people here are probably ${GROUP_WORDS[metric]}`;
  }
}

function peopleWords(atLeast: boolean, value: number): string {
  if (atLeast) {
    if (value <= 1) return 'somebody is';
    return `${numberWords(value)} or more people are`;
  }
  if (value === 0) return 'nobody is';
  return value === 1 ? 'at most one person is' : `at most ${numberWords(value)} people are`;
}

function numberWords(value: number): string {
  return SMALL_NUMBERS[value] ?? String(value);
}

function secondsWords(ms: number): string {
  return `${(ms / 1000).toLocaleString('en')} s`;
}
