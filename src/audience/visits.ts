import type { Visit } from '../contract/index.ts';
import { attentionMs, hadOpportunityToSee, smilingMs, staysOf, type Interval } from './attention/index.ts';
import { groupsOf } from './groups/index.ts';
import type { Track } from './people/index.ts';
import type { Setting } from './setting.ts';

/**
 * The finished stay of one person, in whole milliseconds: from the first to the last sighting.
 *
 * @param messages when each message was on the screen
 */
export function visitOf({ enterMs, lastMs, conduct }: Track, { parameters, premises, demographics }: Setting, messages: readonly Interval[]): Visit {
  const attention = Math.round(attentionMs(conduct.watching, parameters));
  const smiled = smilingMs(conduct.watching, parameters);
  const zones = (premises?.shelves ?? []).map(({ id }, shelf) => ({ id, lookingMs: Math.round(conduct.shelfLooks?.expectedMs[shelf] ?? 0), reaches: conduct.reaches.counts.get(id) ?? 0 }));
  return {
    enterMs: Math.round(enterMs),
    leaveMs: Math.round(lastMs),
    dwellMs: Math.round(lastMs - enterMs),
    attentionMs: attention,
    watcher: attention > 0,
    opportunityToSee: hadOpportunityToSee(staysOf(conduct.exposure), messages),
    distanceM: conduct.walk?.distanceM ?? null,
    smilingMs: smiled === null ? null : Math.round(smiled),
    zones: zones.filter(({ lookingMs, reaches }) => lookingMs > 0 || reaches > 0),
    groups: groupsOf(conduct.evidence, parameters, demographics),
  };
}
