import type { Audience, SensorState } from '../contract/index.ts';
import { attentionMs, isWatching } from './attention/index.ts';
import { groupsOf } from './groups/index.ts';
import type { Track } from './people/index.ts';
import { handsIn } from './reach/index.ts';
import type { Setting } from './setting.ts';

/** Counts the people of one moment. Group counts and looks at shelves are expected counts: sums of probabilities. */
export function census(people: readonly Track[], sensor: SensorState, atMs: number, { parameters, premises, demographics }: Setting): Audience {
  const conducts = people.map(({ conduct }) => conduct);
  const groups = conducts.map(({ evidence }) => groupsOf(evidence, parameters, demographics));
  const age = (group: keyof Audience['ages']): number => sum(groups.map(({ ages }) => ages[group]));
  const gender = (group: keyof Audience['genders']): number => sum(groups.map(({ genders }) => genders[group]));
  const distances = conducts.flatMap(({ walk }) => (walk ? [Math.hypot(walk.place.x, walk.place.y)] : []));
  return {
    atMs,
    sensor,
    present: people.length,
    watching: conducts.filter(({ watching }) => isWatching(watching, atMs, parameters)).length,
    dwellMs: Math.round(Math.max(0, ...people.map((person) => person.lastMs - person.enterMs))),
    attentionMs: Math.round(Math.max(0, ...conducts.map(({ watching }) => attentionMs(watching, parameters)))),
    ages: { '18-24': age('18-24'), '25-44': age('25-44'), '45-64': age('45-64'), '65+': age('65+'), unknown: age('unknown') },
    genders: { female: gender('female'), male: gender('male'), unknown: gender('unknown') },
    exposed: conducts.filter(({ exposure }) => exposure.now !== null).length,
    nearestM: distances.length === 0 ? null : Math.min(...distances),
    zones: (premises?.shelves ?? []).map(({ id }, shelf) => ({
      id,
      looking: sum(conducts.map(({ shelfLooks }) => (shelfLooks && atMs - shelfLooks.atMs <= parameters.unwatchAfterMs ? (shelfLooks.probabilities[shelf] ?? 0) : 0))),
      hands: sum(conducts.map(({ reaches }) => handsIn(reaches, id, atMs))),
    })),
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
