import type { Visit } from '../contract/index.ts';
import { groupsOf } from './demographics.ts';
import type { AudienceParameters } from './parameters.ts';
import type { Track } from './track.ts';
import { attentionMs } from './watching.ts';

/** The finished stay of one person, in whole milliseconds: from the first to the last sighting. */
export function visitOf(track: Track, parameters: AudienceParameters): Visit {
  const attention = Math.round(attentionMs(track.watching, parameters));
  return {
    enterMs: Math.round(track.enterMs),
    leaveMs: Math.round(track.lastMs),
    dwellMs: Math.round(track.lastMs - track.enterMs),
    attentionMs: attention,
    watcher: attention > 0,
    opportunityToSee: false,
    distanceM: null,
    smilingMs: null,
    zones: [],
    groups: groupsOf(track.evidence, parameters),
  };
}
