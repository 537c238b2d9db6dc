import type { Audience, Creative, Playlist, Programme } from '../src/contract/index.ts';

/** A small programme and audience for tests; each test overrides what it is about. */
export function creative(id: string, over: Partial<Creative> = {}): Creative {
  return { id, name: id, campaign: 'test', kind: 'image', mediaType: 'image/png', sha256: id.charCodeAt(0).toString(16).padStart(64, '0'), bytes: 10, durationMs: 5_000, tier: 'house', weight: 1, criteria: [], ...over };
}

export function playlist(id: string, items: readonly string[], over: Partial<Playlist> = {}): Playlist {
  return { id, name: id, order: 'in-order', play: 'next', items: items.map((item) => (item.startsWith('list-') ? { playlist: item } : { creative: item })), ...over };
}

export function programme(creatives: Creative[], over: Partial<Programme> = {}): Programme {
  return {
    version: 1,
    name: 'Test',
    issuedMs: 0,
    creatives,
    selection: { enterMs: 500, leaveMs: 2_000, minimumHoldMs: 3_000 },
    policy: { statistics: { windowMs: 30_000, epsilonNumerator: 1, epsilonDenominator: 1 } },
    ...over,
  };
}

export function audience(over: Partial<Audience> = {}): Audience {
  return {
    atMs: 0,
    sensor: 'ok',
    present: 0,
    watching: 0,
    dwellMs: 0,
    attentionMs: 0,
    ages: { '18-24': 0, '25-44': 0, '45-64': 0, '65+': 0, unknown: over.present ?? 0 },
    genders: { female: 0, male: 0, unknown: over.present ?? 0 },
    exposed: over.present ?? 0,
    nearestM: null,
    zones: [],
    ...over,
  };
}

/** The audience of this many people, whose faces say nothing. */
export function people(present: number, atMs: number, over: Partial<Audience> = {}): Audience {
  return audience({ present, atMs, ...over });
}
