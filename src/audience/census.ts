import type { Audience, SensorState } from '../contract/index.ts';
import { groupsOf } from './demographics.ts';
import type { AudienceParameters } from './parameters.ts';
import type { Track } from './track.ts';
import { attentionMs, isWatching } from './watching.ts';

/** Counts the people of one moment. Group counts are expected counts: sums of probabilities. */
export function census(people: readonly Track[], sensor: SensorState, atMs: number, parameters: AudienceParameters): Audience {
  const groups = people.map((person) => groupsOf(person.evidence, parameters));
  const age = (group: keyof Audience['ages']): number => sum(groups.map(({ ages }) => ages[group]));
  const gender = (group: keyof Audience['genders']): number => sum(groups.map(({ genders }) => genders[group]));
  return {
    atMs,
    sensor,
    present: people.length,
    watching: people.filter((person) => isWatching(person.watching, atMs, parameters)).length,
    dwellMs: Math.round(Math.max(0, ...people.map((person) => person.lastMs - person.enterMs))),
    attentionMs: Math.round(Math.max(0, ...people.map((person) => attentionMs(person.watching, parameters)))),
    ages: { '18-24': age('18-24'), '25-44': age('25-44'), '45-64': age('45-64'), '65+': age('65+'), unknown: age('unknown') },
    genders: { female: gender('female'), male: gender('male'), unknown: gender('unknown') },
    exposed: people.length,
    nearestM: null,
    zones: [],
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
