import { z } from 'zod';
import { contentKindSchema } from './content-kind.ts';
import { base64Schema, durationMsSchema, sha256Schema, slugSchema, uuidSchema, wallMsSchema } from './ids.ts';
import { clockQualitySchema } from './clock.ts';
import { reasonSchema } from './decision.ts';
import { endReasonSchema } from './leaf.ts';
import { machineHealthSchema } from './machine-health.ts';
import { timeZoneSchema } from './schedule.ts';
import { screenClockSchema } from './screen-clock.ts';
import { tableMetricSchema } from './table-metrics.ts';

// ── Between screen and hub. Every request but enrolment is signed with the screen's Ed25519 key (see signed-request.ts).

/** `POST /v1/enrol` */
export const enrolRequestSchema = z.strictObject({
  /** Pairing code that the hub gave out. */
  code: z.string().min(4).max(64),
  name: z.string().trim().min(1).max(80),
  /** Ed25519, raw 32 bytes. */
  publicKey: base64Schema,
});
export type EnrolRequest = z.infer<typeof enrolRequestSchema>;
export const enrolResponseSchema = z.strictObject({
  screenId: slugSchema,
  /** The hub's Ed25519 key, raw 32 bytes; pinned by the screen, signs programmes. */
  hubPublicKey: base64Schema,
  hubTimeMs: wallMsSchema,
});
export type EnrolResponse = z.infer<typeof enrolResponseSchema>;

/** `GET /v1/screens/:id/events`, one JSON object a line: only wakes the pull; the truth is `GET …/programme`. */
export const hubEventSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('programme'), version: z.int().min(0) }),
  z.strictObject({ type: z.literal('ping') }),
]);
export type HubEvent = z.infer<typeof hubEventSchema>;

/** One stored row of the log: `leaf` is the exact text that was hashed, `hash` = SHA-256(0x00 ‖ UTF-8 of leaf), hex. */
export const logRowSchema = z.strictObject({ seq: z.int().min(0), leaf: z.string().min(2).max(65_535), hash: sha256Schema });
export type LogRow = z.infer<typeof logRowSchema>;

/** A Merkle proof hash: 32 bytes in base64. */
export const hashBase64Schema = z.string().regex(/^[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$/, 'must be 32 bytes in canonical base64');

/** A C2SP signed note, as text. */
export const noteSchema = z.string().min(1).max(20_000);

/**
 * `POST /v1/screens/:id/impressions`. `rows` are consecutive, the first is `from`. The body may be gzip
 * (`content-encoding: gzip`); what is signed are the bytes as sent.
 */
export const uploadRequestSchema = z.strictObject({
  /** A new disk is a new log. */
  epoch: uuidSchema,
  from: z.int().min(0),
  rows: z.array(logRowSchema).max(500),
  /** The screen's signed checkpoint of size `from` + `rows.length`, origin `litfass/<screen>/<epoch>`. */
  checkpoint: noteSchema,
  /** RFC 6962 consistency proof from size `from` to the checkpoint; empty when `from` is 0 or `rows` is. */
  proof: z.array(hashBase64Schema).max(63),
  /** After a gap: the newest checkpoint that this hub cosigned, so that a hub restored from a backup learns that it was. */
  witnessed: noteSchema.optional(),
});
export type UploadRequest = z.infer<typeof uploadRequestSchema>;
/**
 * 200: stored up to `nextSeq`, and cosigned. 409 without `cosigned`: a gap, go on from `nextSeq`. 422: the rows contradict what
 * this hub has (`fork`), or are not what they claim to be; an alarm is stored.
 */
export const uploadResponseSchema = z.strictObject({
  nextSeq: z.int().min(0),
  cosigned: z
    .strictObject({
      /** Signature line of type 0x04 (cosignature/v1) over the checkpoint of the request, ending in a newline. */
      cosignature: z.string().max(1_000),
      /** Verifier key of this hub's witness. */
      witnessKey: z.string().max(300),
      /** Ed25519 of the hub key that the screen pinned, over `litfass-witness-v1\n<witnessKey>\n`. */
      keySignature: base64Schema,
    })
    .optional(),
});
export type UploadResponse = z.infer<typeof uploadResponseSchema>;

/** What the hub key signs to say which key its witness cosigns with. */
export function witnessKeyText(witnessKey: string): string {
  return `litfass-witness-v1\n${witnessKey}\n`;
}

/** `GET /v1/screens/:id/logs/:epoch/plays?from=<seq>`: what the hub has of a log, for the screen to hold against its own. */
export const storedPlaysSchema = z.strictObject({
  /** Different plays from that row on. */
  plays: z.int().min(0),
  /** Rows that repeat a play which was there already; they count nowhere. */
  repeated: z.int().min(0),
});
export type StoredPlays = z.infer<typeof storedPlaysSchema>;

/**
 * How a data folder's disk does. `full` and `failing` are told apart: one needs space, the other a new card. `ext4Errors`: the
 * file system's own count, which survives a reboot; `null` where it cannot be read.
 */
export const storageHealthSchema = z.strictObject({
  state: z.enum(['ok', 'full', 'read-only', 'failing']),
  /** Time for 4 kB to be written, synced and read back; seconds on a dying card. `null`: it did not succeed. */
  syncMs: z.int().min(0).nullable(),
  freeBytes: z.int().min(0).nullable(),
  ext4Errors: z.int().min(0).nullable(),
});
export type StorageHealth = z.infer<typeof storageHealthSchema>;

/** `POST /v1/screens/:id/status`, every few seconds and at each change of creative. No number about people. */
export const statusReportSchema = z.strictObject({
  bootId: uuidSchema,
  shell: z.enum(['electron', 'chromium', 'headless']),
  version: z.string().max(40),
  /** The zone that its schedules are meant in. */
  timeZone: timeZoneSchema.optional(),
  sensor: z.enum(['ok', 'blind', 'absent', 'off']),
  programmeVersion: z.int().min(0),
  /** Rows in the log that the hub has not acknowledged. */
  backlog: z.int().min(0),
  nowPlaying: z
    .strictObject({ playId: uuidSchema, creativeId: slugSchema, name: z.string(), kind: contentKindSchema, sha256: sha256Schema, startedMs: wallMsSchema, durationMs: durationMsSchema, reason: reasonSchema })
    .nullable(),
  /** The newest fault in words, or empty. */
  trouble: z.string().max(500),
  /** The disk that the log is on, measured by a write that was synced and read back. */
  storage: storageHealthSchema.optional(),
  machine: machineHealthSchema.optional(),
  clock: screenClockSchema.optional(),
});
export type StatusReport = z.infer<typeof statusReportSchema>;

// ── Between console page and hub.

/** Sum of noised cells over the last `minutes`, with its 95 % half width. `null`: nothing released yet. */
export const visitsEstimateSchema = z.strictObject({
  minutes: z.int(),
  visits: z.int(),
  watched: z.int(),
  plusMinus: z.int(),
  /** Newest first; a cell is one window. `coveragePercent` 0 = not measured. */
  cells: z.array(z.strictObject({ windowStartMs: wallMsSchema, windowMs: z.int(), watched: z.int(), passed: z.int(), coveragePercent: z.int() })),
});
export const screenViewSchema = z.strictObject({
  id: slugSchema,
  name: z.string(),
  enrolledMs: wallMsSchema,
  lastContactMs: wallMsSchema.nullable(),
  contact: z.enum(['online', 'late', 'offline']),
  status: statusReportSchema.nullable(),
  wantedProgrammeVersion: z.int().min(0),
  audience: visitsEstimateSchema.nullable(),
  plays: z.strictObject({ total: z.int(), today: z.int() }),
});
export type ScreenView = z.infer<typeof screenViewSchema>;

/** `GET /api/screens`, and one a line on `GET /api/screens/live` whenever something changed. */
export const screensResponseSchema = z.strictObject({ hubTimeMs: wallMsSchema, screens: z.array(screenViewSchema) });
export type ScreensResponse = z.infer<typeof screensResponseSchema>;

const estimateSchema = z.strictObject({
  /** Signed, as released: sums stay unbiased, and only a page may clip at zero. */
  value: z.number(),
  /** Half width of the 95 % interval of the noise. */
  plusMinus: z.number().min(0),
});
export type NoisedEstimate = z.infer<typeof estimateSchema>;

/** Sums of one table over a time. Only windows of the newest cells and nets are summed: others measured something else. */
export const tableSumsSchema = z.strictObject({
  metric: tableMetricSchema,
  unit: z.string(),
  cells: z.array(z.strictObject({ cell: z.string(), value: z.int() })),
  /** The same for each cell: all have noise of the same scale. */
  plusMinus: z.int().min(0),
  /** Half width within which all cells lie together, 95 times in 100: what stands out of it stands out of the noise. */
  jointPlusMinus: z.int().min(0),
  /** From the first summed window to the end of the last one. */
  fromMs: wallMsSchema,
  toMs: wallMsSchema,
  windowMs: z.int(),
  /** Summed windows. Those with coverage 0 were not measured, and are not summed. */
  windows: z.int(),
  unmeasuredWindows: z.int(),
  /** Windows in that time that rest on another calibration or other nets. */
  otherWindows: z.int(),
  /** Mean of the summed windows. */
  coveragePercent: z.int(),
  perVisit: z.int(),
  epsilonNumerator: z.int(),
  epsilonDenominator: z.int(),
  basis: z.array(slugSchema),
});
export type TableSums = z.infer<typeof tableSumsSchema>;

/** `GET /api/screens/:id/audience?minutes` */
export const audienceReportSchema = z.strictObject({
  screenId: slugSchema,
  fromMs: wallMsSchema,
  toMs: wallMsSchema,
  /** `null`: not released, or not measured. */
  visits: z.strictObject({ visits: estimateSchema, watched: estimateSchema, windowMs: z.int(), epsilonNumerator: z.int(), epsilonDenominator: z.int() }).nullable(),
  /** Tables that were released in that time. */
  tables: z.array(tableSumsSchema),
  /** `null`: a part was not measured, or the noise is too large for a ratio. */
  ratios: z.strictObject({
    /** Watchers per opportunity to see. */
    conversion: estimateSchema.nullable(),
    /** Seconds per visit; of a single long visit no more than the table's `perVisit`. */
    dwellS: estimateSchema.nullable(),
    /** Seconds of attention per watcher. */
    attentionS: estimateSchema.nullable(),
  }),
});
export type AudienceReport = z.infer<typeof audienceReportSchema>;

/** `GET /api/impressions?search&screen&creative&reason&end&from&to&before&limit` */
export const impressionViewSchema = z.strictObject({
  screenId: slugSchema,
  screenName: z.string(),
  epoch: uuidSchema,
  seq: z.int(),
  playId: uuidSchema,
  creativeId: slugSchema,
  creativeName: z.string(),
  campaign: z.string(),
  kind: contentKindSchema,
  sha256: sha256Schema,
  /** By the screen's wall clock. */
  startedMs: wallMsSchema,
  clock: clockQualitySchema,
  durationMs: durationMsSchema,
  plannedMs: durationMsSchema,
  presentedFrames: z.int(),
  endReason: endReasonSchema,
  reason: reasonSchema,
  receivedMs: wallMsSchema,
  leafHash: sha256Schema,
});
export type ImpressionView = z.infer<typeof impressionViewSchema>;
export const impressionsResponseSchema = z.strictObject({ total: z.int(), rows: z.array(impressionViewSchema), nextBefore: z.string().nullable() });
export type ImpressionsResponse = z.infer<typeof impressionsResponseSchema>;

/** `POST /api/pairing-codes`: a code with which one screen may enrol until `expiresMs`. */
export const pairingCodeSchema = z.strictObject({ code: z.string(), expiresMs: wallMsSchema });
export type PairingCode = z.infer<typeof pairingCodeSchema>;

/** `GET /api/creatives`: every creative that was ever published or played, by name; what the search can be narrowed to. */
export const creativesResponseSchema = z.strictObject({
  creatives: z.array(z.strictObject({ id: slugSchema, name: z.string(), campaign: z.string() })),
});
export type CreativesResponse = z.infer<typeof creativesResponseSchema>;

/** Answer to `POST /api/programmes`. `changed` is false when the newest programme already says the same. */
export const publishedSchema = z.strictObject({ version: z.int().min(1), changed: z.boolean() });
export type Published = z.infer<typeof publishedSchema>;

/** Body of every refusal, on both servers: what, where, and what to do. */
export const problemSchema = z.strictObject({ code: z.string(), message: z.string() });
export type Problem = z.infer<typeof problemSchema>;
