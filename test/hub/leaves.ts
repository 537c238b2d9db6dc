import { createHash } from 'node:crypto';
import type { Leaf, LogRow, Play, Release, ReleaseTable } from '../../src/contract/index.ts';
import type { Batch } from './batch.ts';
import { START_MS } from './kit.ts';

export const EPOCH = '018f4d2e-0000-7000-8000-000000000001';
const BOOT = '018f4d2e-0000-7000-8000-0000000000b0';

export function uuid(number: number): string {
  return `018f4d2e-0000-7000-8000-${number.toString(16).padStart(12, '0')}`;
}

export function play(screenId: string, number: number, changes: Partial<Play> = {}): Play {
  return {
    v: 3,
    type: 'play',
    screenId,
    bootId: BOOT,
    playId: uuid(number + 1000),
    wallMs: START_MS + number * 10_000,
    monoMs: number * 10_000,
    clock: 'synced',
    zone: 'main',
    zoneOffsetMin: 120,
    creative: { id: 'espresso', name: 'Espresso', campaign: 'Spring', kind: 'image', sha256: 'a'.repeat(64) },
    decision: {
      decisionId: uuid(number + 2000),
      creativeId: 'espresso',
      reason: { kind: 'audience', tier: 'audience', criteria: [{ metric: 'present', condition: 'at-least', value: 2 }] },
      eligibleSha256: 'b'.repeat(64),
      propensityPpm: 500_000,
      programmeVersion: 1,
      seed: 7,
    },
    plannedMs: 10_000,
    durationMs: 10_000,
    presentedFrames: 600,
    droppedFrames: 0,
    hubClock: null,
    panel: 'unknown',
    endReason: 'ended',
    ...changes,
  };
}

export function release(screenId: string, windowStartMs: number, bucket: 'watched' | 'passed', value: number, changes: Partial<Release> = {}): Release {
  return {
    v: 1,
    type: 'release',
    screenId,
    bootId: BOOT,
    metric: 'visits',
    bucket,
    windowStartMs,
    windowMs: 60_000,
    value,
    mechanism: 'discrete-laplace',
    epsilonNumerator: 1,
    epsilonDenominator: 1,
    coveragePercent: 100,
    ...changes,
  };
}

export function releaseTable(screenId: string, windowStartMs: number, changes: Partial<ReleaseTable> = {}): ReleaseTable {
  return {
    v: 1,
    type: 'release-table',
    screenId,
    bootId: BOOT,
    metric: 'gender',
    unit: 'visits/1000',
    cells: ['female', 'male', 'unknown'],
    values: [1_000, 2_000, -500],
    windowStartMs,
    windowMs: 60_000,
    mechanism: 'discrete-laplace',
    perVisit: 1_000,
    epsilonNumerator: 1,
    epsilonDenominator: 2,
    coveragePercent: 100,
    basis: ['faceres'],
    ...changes,
  };
}

export function rowOf(seq: number, leaf: Leaf | string): LogRow {
  const text = typeof leaf === 'string' ? leaf : JSON.stringify(leaf);
  return { seq, leaf: text, hash: createHash('sha256').update('\0').update(text).digest('hex') };
}

export function batch(from: number, leaves: readonly (Leaf | string)[], epoch = EPOCH): Batch {
  return { epoch, from, rows: leaves.map((leaf, index) => rowOf(from + index, leaf)) };
}
