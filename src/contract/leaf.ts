import { z } from 'zod';
import { clockQualitySchema, hubClockSchema } from './clock.ts';
import { contentKindSchema, earlierContentKindSchema } from './content-kind.ts';
import { decisionSchema, earlierDecisionSchema } from './decision.ts';
import { durationMsSchema, sha256Schema, slugSchema, uuidSchema, wallMsSchema } from './ids.ts';
import { zoneSchema } from './presentation.ts';
import { tableMetricSchema } from './table-metrics.ts';

/**
 * How a play ended. `ended`: it ran its full length. `interrupt`: a higher tier took over after the minimum hold.
 * `failed` and `stalled`: it was on screen and broke; what was seen until then stands in the record. `stopped`: the player
 * was told to stop. `crash`: the player died; closed at the next start with what was last known.
 */
export const endReasonSchema = z.enum(['ended', 'interrupt', 'failed', 'stalled', 'stopped', 'crash']);
export type EndReason = z.infer<typeof endReasonSchema>;

/** Whether the panel was lit, as far as the machine can tell. `unknown` is the honest answer wherever nothing reports it. */
export const panelStateSchema = z.enum(['on', 'off', 'unknown']);
export type PanelState = z.infer<typeof panelStateSchema>;

// Each type counts the versions of its own encoding, written down in docs/leaf-format.md. What was written once is read for ever.
const leafHead = { v: z.literal(1), screenId: slugSchema, bootId: uuidSchema };
const when = { wallMs: wallMsSchema, monoMs: z.int().min(0), clock: clockQualitySchema };

const shown = {
  type: z.literal('play'),
  playId: uuidSchema,
  /** Of the first presented frame. */
  ...when,
  /** Offset of the screen's zone from UTC at the start, minutes east. */
  zoneOffsetMin: z.int().min(-1440).max(1440),
  creative: z.strictObject({ id: slugSchema, name: z.string(), campaign: z.string(), kind: earlierContentKindSchema, sha256: sha256Schema }),
  decision: earlierDecisionSchema,
  plannedMs: durationMsSchema,
  /** From the first presented frame to the end, by the monotonic clock. */
  durationMs: durationMsSchema,
  /** Frames the stage's compositor presented while the creative was on screen. */
  presentedFrames: z.int().min(0),
  endReason: endReasonSchema,
};

/** A play as it was written before frames that were dropped, the panel and the hub's clock stood in it. */
export const firstPlaySchema = z.strictObject({ ...leafHead, ...shown });

const evidence = {
  /** How far the screen's wall clock was from the hub's at the first frame; `null`: the hub was not heard in this life of the player. */
  hubClock: hubClockSchema.nullable(),
  /** Frames that came too late to be presented; `null`: the stage cannot tell for this kind of creative. */
  droppedFrames: z.int().min(0).nullable(),
  panel: panelStateSchema,
};

/** A play as it was written before a panel had zones, and a reason playlists and schedules. */
export const secondPlaySchema = z.strictObject({ ...leafHead, v: z.literal(2), ...shown, ...evidence });

/** One play that really was on the screen: integers and text only, so that its canonical form has one spelling. */
export const playSchema = z.strictObject({
  ...leafHead,
  v: z.literal(3),
  ...shown,
  ...evidence,
  creative: shown.creative.extend({ kind: contentKindSchema }),
  decision: decisionSchema,
  /** The part of the panel that it was shown in. */
  zone: zoneSchema.shape.id,
});
export type Play = z.infer<typeof playSchema>;

/** A play of any version, as it is read back. */
export const recordedPlaySchema = z.discriminatedUnion('v', [firstPlaySchema, secondPlaySchema, playSchema]);
export type RecordedPlay = z.infer<typeof recordedPlaySchema>;

/** Something that should have been on the screen and was not, or that broke. Never counted as a play. */
export const faultSchema = z.strictObject({
  ...leafHead,
  type: z.literal('fault'),
  ...when,
  code: z.string().regex(/^[a-z][a-z0-9-]{0,62}$/),
  message: z.string().max(1000),
  creativeId: slugSchema.optional(),
});
export type Fault = z.infer<typeof faultSchema>;

/** What a visit is counted as: exactly one bucket, in the window in which it ended. */
export const VISIT_BUCKETS = ['watched', 'passed'] as const;
export const visitBucketSchema = z.enum(VISIT_BUCKETS);

/**
 * One cell of a fixed public grid (window × bucket), released once, with noise, also when it is empty. `value` is signed:
 * sums stay unbiased, and only the display clips at zero.
 */
export const releaseSchema = z.strictObject({
  ...leafHead,
  type: z.literal('release'),
  metric: z.literal('visits'),
  bucket: visitBucketSchema,
  windowStartMs: wallMsSchema,
  windowMs: z.int().min(10_000).max(3_600_000),
  value: z.int().min(-1_000_000).max(1_000_000),
  mechanism: z.literal('discrete-laplace'),
  epsilonNumerator: z.int().min(1).max(100),
  epsilonDenominator: z.int().min(1).max(100),
  /** Share of the window in which the sensor was `ok`, per cent. 0 means "not measured", never "nobody". */
  coveragePercent: z.int().min(0).max(100),
});
export type Release = z.infer<typeof releaseSchema>;

/** A whole row of sums of one window, each with noise of its own, released once and also when nothing happened. */
export const releaseTableSchema = z
  .strictObject({
    ...leafHead,
    type: z.literal('release-table'),
    metric: tableMetricSchema,
    unit: z.enum(['visits', 'visits/1000', 's', 'reaches', 'steps']),
    /** Names of the cells, fixed before anybody came: `25-34`, a shelf's id, `c3r4`. */
    cells: z.array(z.string().regex(/^[a-z0-9+][a-z0-9+.-]{0,70}$/)).min(1).max(4_000),
    /** One for each cell. */
    values: z.array(z.int().min(-1_000_000_000).max(1_000_000_000)).min(1).max(4_000),
    windowStartMs: wallMsSchema,
    windowMs: z.int().min(10_000).max(86_400_000),
    mechanism: z.literal('discrete-laplace'),
    /** Most that one visit adds to all cells together: the sensitivity that the noise was made for. */
    perVisit: z.int().min(1).max(10_000),
    epsilonNumerator: z.int().min(1).max(100),
    epsilonDenominator: z.int().min(1).max(100),
    coveragePercent: z.int().min(0).max(100),
    /** Which nets and which calibrations it rests on: `faceres`, `faceres-2026-11`, `floor-1a2b3c4d`. */
    basis: z.array(slugSchema).max(8),
  })
  .refine((table) => table.cells.length === table.values.length, { error: 'each cell needs one value', path: ['values'] });
export type ReleaseTable = z.infer<typeof releaseTableSchema>;

/** The wall clock moved against the monotonic one: set by hand, by NTP, or by a battery that died. No row is rewritten for it. */
export const clockAdjustedSchema = z.strictObject({
  ...leafHead,
  type: z.literal('clock-adjusted'),
  /** After the jump. */
  ...when,
  /** Wall time gained (positive) or lost against the monotonic clock, ms. */
  jumpMs: z.int().min(-253_402_300_799_999).max(253_402_300_799_999),
  hubClock: hubClockSchema.nullable(),
});
export type ClockAdjusted = z.infer<typeof clockAdjustedSchema>;

/** From here on the screen chooses from another programme. */
export const programmeChangedSchema = z.strictObject({
  ...leafHead,
  type: z.literal('programme-changed'),
  ...when,
  programmeVersion: z.int().min(1),
  /** SHA-256 over the UTF-8 bytes of the programme text that the hub signed. */
  programmeSha256: sha256Schema,
  /** `null`: none was active in this life of the player. */
  previousVersion: z.int().min(1).nullable(),
});
export type ProgrammeChanged = z.infer<typeof programmeChangedSchema>;

/** What the audience sensor could see from here on. `off`: nothing is sensed here. Says nothing of anybody. */
export const sensorStateChangedSchema = z.strictObject({
  ...leafHead,
  type: z.literal('sensor-state'),
  ...when,
  state: z.enum(['ok', 'blind', 'absent', 'off']),
});
export type SensorStateChanged = z.infer<typeof sensorStateChangedSchema>;

/** Everything that can stand in the log, in the order in which it became known. */
export const leafSchema = z.discriminatedUnion('type', [recordedPlaySchema, faultSchema, releaseSchema, releaseTableSchema, clockAdjustedSchema, programmeChangedSchema, sensorStateChangedSchema]);
export type Leaf = z.infer<typeof leafSchema>;
