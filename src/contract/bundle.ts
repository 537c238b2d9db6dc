import { z } from 'zod';
import { hashBase64Schema, noteSchema } from './hub-api.ts';
import { sha256Schema, slugSchema, uuidSchema, wallMsSchema } from './ids.ts';

// ── An export bundle: a ZIP of stored (uncompressed) files that `litfass verify` checks without a network.
//
//    bundle.json              `bundleSchema`: whose rows, of when, and under which checkpoint
//    logs/<epoch>.ndjson      the rows, one `bundleRowSchema` a line, without a gap from `from` on
//    index.html               the same to read, without scripts; made from the two above, byte for byte
//
//    A log's rows are proven together: `left` are the roots of the complete subtrees before the first row, `right` of those
//    behind the last, both from left to right. With the rows between they give the root of the checkpoint, or something was
//    changed, taken out or put in.

export const BUNDLE_FORMAT = 'litfass-bundle@v1';

export const bundleLogSchema = z.strictObject({
  epoch: uuidSchema,
  origin: z.string().max(200),
  /** First row, and the one behind the last. */
  from: z.int().min(0),
  to: z.int().min(0),
  /** Signed note of size >= `to`: the screen's signature, and the cosignatures of its witnesses. */
  checkpoint: noteSchema,
  left: z.array(hashBase64Schema).max(63),
  right: z.array(hashBase64Schema).max(63),
});
export type BundleLog = z.infer<typeof bundleLogSchema>;

export const bundleSchema = z.strictObject({
  format: z.literal(BUNDLE_FORMAT),
  screenId: slugSchema,
  screenName: z.string().max(200),
  /** The time that was asked for; rows are those received or played in it, and all between. */
  fromMs: wallMsSchema,
  toMs: wallMsSchema,
  exportedMs: wallMsSchema,
  /** Ed25519 verifier key of each log, and of each witness, as the hub knows them. An auditor compares them with those got elsewhere. */
  keys: z.strictObject({ logs: z.array(z.string().max(400)).max(100), witnesses: z.array(z.string().max(400)).max(16) }),
  logs: z.array(bundleLogSchema).max(100),
});
export type Bundle = z.infer<typeof bundleSchema>;

export const bundleRowSchema = z.strictObject({
  seq: z.int().min(0),
  /** The exact text that was hashed. */
  leaf: z.string().max(65_535),
  /** Its leaf hash, so that a changed row can be named; the checkpoint proves it. */
  hash: sha256Schema,
  /** When the hub stored it, by the hub's clock: the hub's word, not proven. */
  receivedMs: wallMsSchema,
});
export type BundleRow = z.infer<typeof bundleRowSchema>;
