import { z } from 'zod';

/** Lower-case hexadecimal SHA-256: the name of every media file and the address of every leaf. */
export const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/, 'must be 64 lower-case hexadecimal digits (SHA-256)');

/** Identifier chosen by people or by the hub: short, safe in a URL and in a file name. */
export const slugSchema = z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'must be 1 to 63 of a-z, 0-9 and "-", starting with a letter or digit');

/** RFC 9562 UUID in lower case; plays use version 7, whose order is the order of time. */
export const uuidSchema = z.uuid().lowercase();

/** Milliseconds since 1970-01-01T00:00:00Z; the upper bound is the year 9999. */
export const wallMsSchema = z.int().min(0).max(253_402_300_799_999);

/** A duration in whole milliseconds, at most one year: an absurd number must not hold a screen for ever. */
export const durationMsSchema = z.int().min(0).max(31_536_000_000);

/** Raw bytes as canonical base64 (RFC 4648 section 4, padded). */
export const base64Schema = z.base64();
