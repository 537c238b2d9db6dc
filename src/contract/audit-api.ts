import { z } from 'zod';
import { clockQualitySchema, hubClockSchema } from './clock.ts';
import { logRowSchema } from './hub-api.ts';
import { sha256Schema, slugSchema, uuidSchema, wallMsSchema } from './ids.ts';

// ── What an auditor asks of the hub, under `/api/audit`. Nothing here has to be believed: every answer that matters carries
//    its proof, and `litfass verify` checks it on another machine.

/** Who signed a checkpoint that the hub holds. `time`: of a cosignature, when the witness saw it; a log's own signature has none. */
export const checkpointSignerSchema = z.strictObject({ name: z.string(), role: z.enum(['screen', 'hub', 'witness']), key: z.string(), timeMs: wallMsSchema.nullable() });
export type CheckpointSigner = z.infer<typeof checkpointSignerSchema>;

/** `GET /api/audit/logs`: every log of every screen; a screen with a new disk has more than one. */
export const auditLogSchema = z.strictObject({
  screenId: slugSchema,
  screenName: z.string(),
  epoch: uuidSchema,
  origin: z.string(),
  /** Verifier key of the screen for this log (`name+hash+base64`). */
  logKey: z.string(),
  rows: z.int(),
  /** Rows covered by the newest checkpoint: 0 for a log that was stored before there were any. */
  witnessedRows: z.int(),
  /** Rows that the second witness has cosigned too; `null`: none is configured. */
  secondWitnessRows: z.int().nullable(),
  firstReceivedMs: wallMsSchema.nullable(),
  lastReceivedMs: wallMsSchema.nullable(),
  alarms: z.int(),
});
export type AuditLog = z.infer<typeof auditLogSchema>;
export const auditLogsResponseSchema = z.strictObject({
  /** Verifier keys of those who cosign: this hub first. */
  witnesses: z.array(z.strictObject({ name: z.string(), role: z.enum(['hub', 'witness']), key: z.string(), url: z.string().nullable() })),
  logs: z.array(auditLogSchema),
});
export type AuditLogsResponse = z.infer<typeof auditLogsResponseSchema>;

/**
 * `GET /api/audit/records/:screenId/:epoch/:seq`: one row and everything that proves it. `…/tlog-proof` gives the same as one
 * C2SP file, to be checked with `litfass verify FILE --key <logKey> --witness <key>`.
 */
export const auditRecordSchema = z.strictObject({
  ...logRowSchema.shape,
  screenId: slugSchema,
  epoch: uuidSchema,
  receivedMs: wallMsSchema,
  /** What is odd about the row (`repeated-play`, `unknown-shape`, …); it then counts nowhere. */
  flag: z.string().nullable(),
  /** Start in the hub's time, from the offset the screen knew; `null` where it knew none. */
  correctedMs: wallMsSchema.nullable(),
  hubClock: hubClockSchema.nullable(),
  /** `null`: no checkpoint covers the row yet. */
  proof: z
    .strictObject({
      index: z.int(),
      size: z.int(),
      /** RFC 6962 inclusion proof, base64, the leaf's sibling first. */
      hashes: z.array(z.string()),
      root: sha256Schema,
      /** The signed note as it stands. */
      checkpoint: z.string(),
      signers: z.array(checkpointSignerSchema),
    })
    .nullable(),
});
export type AuditRecord = z.infer<typeof auditRecordSchema>;

/**
 * What happened at a screen beside its plays. `gap`: nothing was on the screen for `durationMs`. `restart`: another life of the
 * player begins; `crash`: the one before was killed in a play. `blind`: the sensor saw nothing for `durationMs`. `clock`: the
 * wall clock jumped. `new-log`: another disk. `alarm`: the hub refused something, see `/api/audit/alarms`.
 */
export const TIMELINE_KINDS = ['gap', 'restart', 'crash', 'blind', 'clock', 'programme', 'fault', 'new-log', 'alarm'] as const;
export const timelineEntrySchema = z.strictObject({
  kind: z.enum(TIMELINE_KINDS),
  atMs: wallMsSchema,
  /** `null`: a moment. */
  durationMs: z.int().min(0).nullable(),
  epoch: uuidSchema.nullable(),
  seq: z.int().nullable(),
  text: z.string(),
  /** Of the screen's clock, whose time it is; `null`: it is the hub's time, or that of a record which says it. */
  clock: clockQualitySchema.nullable(),
});
export type TimelineEntry = z.infer<typeof timelineEntrySchema>;
/** `GET /api/audit/timeline/:screenId?from&to` (ms since 1970, at most 31 days). */
export const timelineResponseSchema = z.strictObject({
  screenId: slugSchema,
  fromMs: wallMsSchema,
  toMs: wallMsSchema,
  plays: z.int(),
  /** Time with a creative on the screen, by the monotonic clock. */
  shownMs: z.int(),
  /** From the start of the first of these plays to the end of the last, by the screen's wall clock; `null`: no play. */
  showing: z.strictObject({ fromMs: wallMsSchema, toMs: wallMsSchema }).nullable(),
  entries: z.array(timelineEntrySchema),
});
export type TimelineResponse = z.infer<typeof timelineResponseSchema>;

/** `GET /api/audit/alarms?screen`: newest first, at most 500. Alarms are never deleted. */
export const alarmSchema = z.strictObject({
  id: z.int(),
  atMs: wallMsSchema,
  /** `fork`, `bad-checkpoint`, `bad-hash`, `hub-restored`, `witness-fork`. */
  code: z.string(),
  screenId: slugSchema,
  epoch: uuidSchema,
  /** The row it is about, where it is about one. */
  seq: z.int().nullable(),
  message: z.string(),
  /** Signed evidence: the checkpoint that contradicts this hub's, where its signature is good. */
  checkpoint: z.string().nullable(),
});
export type Alarm = z.infer<typeof alarmSchema>;
export const alarmsResponseSchema = z.strictObject({ alarms: z.array(alarmSchema) });
export type AlarmsResponse = z.infer<typeof alarmsResponseSchema>;

// `GET /api/audit/plays.csv?…`   the plays that `GET /api/impressions` finds with the same filter, newest first, as a file.
// `GET /api/audit/bundle.zip?screen&from&to`   everything to check a screen and time offline; see bundle.ts. At most
//                                 100 000 rows: 413 `too-many-rows` names how many there are.

/**
 * `GET /api/audit/reconciliation?from&to`: the creatives of the programmes that were active, and all others that were played:
 * what was shown of what was planned, and why it was less. Shares of a tier are not reckoned here: a draw depends on who was
 * there and on what came before it; each play's own chance stands in its record.
 */
export const reconciliationRowSchema = z.strictObject({
  campaign: z.string(),
  creativeId: slugSchema,
  creativeName: z.string(),
  plays: z.int(),
  /** Played to the end. */
  complete: z.int(),
  shownMs: z.int(),
  /** By end reason, and why less was shown than planned, in words; empty when nothing is to be explained. */
  cutShort: z.array(z.strictObject({ reason: z.string(), plays: z.int(), missingMs: z.int() })),
  faults: z.int(),
  explanation: z.string(),
});
export const reconciliationResponseSchema = z.strictObject({ fromMs: wallMsSchema, toMs: wallMsSchema, rows: z.array(reconciliationRowSchema) });
export type ReconciliationResponse = z.infer<typeof reconciliationResponseSchema>;
