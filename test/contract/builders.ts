import { randomUUID } from 'node:crypto';
import type { Creative, Fault, Play, Programme, Release, ReleaseTable } from '../../src/contract/index.ts';

// Small valid records for tests; each takes the fields that its test is about.

export const BOOT_ID = '7f8d3c1e-6f0a-4d3b-9b57-0f3f6e5a1c22';
export const SOME_SHA256 = 'ab'.repeat(32);

const head = { v: 1, screenId: 'entrance', bootId: BOOT_ID } as const;
const when = { wallMs: 1_790_000_000_000, monoMs: 5_000, clock: 'synced' } as const;

export function newPlay(fields: Partial<Play> = {}): Play {
  return {
    ...head,
    ...when,
    v: 3,
    type: 'play',
    playId: randomUUID(),
    zone: 'main',
    zoneOffsetMin: 120,
    creative: { id: 'coffee', name: 'Fresh coffee', campaign: 'Autumn', kind: 'image', sha256: SOME_SHA256 },
    decision: {
      decisionId: randomUUID(),
      creativeId: 'coffee',
      reason: { kind: 'audience', tier: 'audience', criteria: [{ metric: 'present', condition: 'at-least', value: 1 }] },
      eligibleSha256: SOME_SHA256,
      propensityPpm: 500_000,
      programmeVersion: 3,
      seed: 42,
    },
    plannedMs: 8_000,
    durationMs: 8_000,
    presentedFrames: 480,
    droppedFrames: null,
    hubClock: null,
    panel: 'unknown',
    endReason: 'ended',
    ...fields,
  };
}

export function newFault(fields: Partial<Fault> = {}): Fault {
  return { ...head, ...when, type: 'fault', code: 'media-corrupt', message: 'The file of coffee does not have its hash.', ...fields };
}

export function newRelease(fields: Partial<Release> = {}): Release {
  return {
    ...head,
    type: 'release',
    metric: 'visits',
    bucket: 'watched',
    windowStartMs: 1_789_999_200_000,
    windowMs: 900_000,
    value: -1,
    mechanism: 'discrete-laplace',
    epsilonNumerator: 1,
    epsilonDenominator: 1,
    coveragePercent: 100,
    ...fields,
  };
}

export function newReleaseTable(fields: Partial<ReleaseTable> = {}): ReleaseTable {
  return {
    ...head,
    type: 'release-table',
    metric: 'gender',
    unit: 'visits/1000',
    cells: ['female', 'male', 'unknown'],
    values: [2_140, 1_733, -212],
    windowStartMs: 1_789_999_200_000,
    windowMs: 900_000,
    mechanism: 'discrete-laplace',
    perVisit: 1_000,
    epsilonNumerator: 1,
    epsilonDenominator: 5,
    coveragePercent: 100,
    basis: ['faceres'],
    ...fields,
  };
}

export function newCreative(fields: Partial<Creative> = {}): Creative {
  return {
    id: 'coffee',
    name: 'Fresh coffee',
    campaign: 'Autumn',
    kind: 'image',
    mediaType: 'image/png',
    sha256: SOME_SHA256,
    bytes: 1_000,
    durationMs: 8_000,
    tier: 'house',
    weight: 1,
    criteria: [],
    ...fields,
  };
}

export function newProgramme(fields: Partial<Programme> = {}): Programme {
  return {
    version: 1,
    name: 'Demo',
    issuedMs: 1_790_000_000_000,
    creatives: [newCreative()],
    selection: { enterMs: 500, leaveMs: 2_000, minimumHoldMs: 3_000 },
    policy: { statistics: { windowMs: 900_000, epsilonNumerator: 1, epsilonDenominator: 1 } },
    ...fields,
  };
}
