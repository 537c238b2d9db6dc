import { z } from 'zod';
import { base64Schema, durationMsSchema, sha256Schema, slugSchema, uuidSchema, wallMsSchema } from './ids.ts';
import { reasonSchema } from './decision.ts';
import { endReasonSchema } from './leaf.ts';

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

/** `POST /v1/screens/:id/impressions`. `rows` are consecutive, the first is `from`. */
export const uploadRequestSchema = z.strictObject({
  /** A new disk is a new log. */
  epoch: uuidSchema,
  from: z.int().min(0),
  rows: z.array(logRowSchema).max(500),
});
export type UploadRequest = z.infer<typeof uploadRequestSchema>;
/** 200: stored up to `nextSeq`. 409 with the same body: a gap, go on from `nextSeq`. */
export const uploadResponseSchema = z.strictObject({ nextSeq: z.int().min(0) });
export type UploadResponse = z.infer<typeof uploadResponseSchema>;

/** `GET /v1/screens/:id/logs/:epoch/plays?from=<seq>`: what the hub has of a log, for the screen to hold against its own. */
export const storedPlaysSchema = z.strictObject({
  /** Different plays from that row on. */
  plays: z.int().min(0),
  /** Rows that repeat a play which was there already; they count nowhere. */
  repeated: z.int().min(0),
});
export type StoredPlays = z.infer<typeof storedPlaysSchema>;

/** `POST /v1/screens/:id/status`, every few seconds and at each change of creative. No number about people. */
export const statusReportSchema = z.strictObject({
  bootId: uuidSchema,
  shell: z.enum(['electron', 'chromium', 'headless']),
  version: z.string().max(40),
  sensor: z.enum(['ok', 'blind', 'absent', 'off']),
  programmeVersion: z.int().min(0),
  /** Rows in the log that the hub has not acknowledged. */
  backlog: z.int().min(0),
  nowPlaying: z
    .strictObject({ playId: uuidSchema, creativeId: slugSchema, name: z.string(), kind: z.enum(['image', 'video', 'html']), sha256: sha256Schema, startedMs: wallMsSchema, durationMs: durationMsSchema, reason: reasonSchema })
    .nullable(),
  /** The newest fault in words, or empty. */
  trouble: z.string().max(500),
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
  kind: z.enum(['image', 'video', 'html']),
  sha256: sha256Schema,
  startedMs: wallMsSchema,
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
