import { z } from 'zod';
import { durationMsSchema, slugSchema } from './ids.ts';

// ── Descriptors: creatives that point outside. The file is a few lines of JSON, and it is what is hashed, verified and proven.
//    What its source sent at the time is not proven: a play says that this descriptor was on, not what could be read there.

const colourSchema = z.string().regex(/^#[0-9a-f]{6}$/, 'must be a colour such as #1a2b3c');
const head = { v: z.literal(1), source: slugSchema };

/** A web page. Its source is of kind `web`. */
export const webDescriptorSchema = z.strictObject({
  ...head,
  /** A page that has not loaded by then has failed, and something else is shown. 8 s if nothing is said. */
  timeoutMs: durationMsSchema.min(1_000).max(9_000).optional(),
});
export type WebDescriptor = z.infer<typeof webDescriptorSchema>;

/** A live stream over HLS. Its source is of kind `stream`, and its address is that of the playlist. */
export const streamDescriptorSchema = z.strictObject(head);
export type StreamDescriptor = z.infer<typeof streamDescriptorSchema>;

/** Headlines that run through the zone. Its source is of kind `feed`. */
export const tickerDescriptorSchema = z.strictObject({
  ...head,
  /** Pixels of the page a second; 120 if nothing is said. */
  pxPerSecond: z.int().min(20).max(600).optional(),
  /** Headlines of the feed that are shown, the newest; 20 if nothing is said. */
  most: z.int().min(1).max(50).optional(),
  separator: z.string().min(1).max(8).optional(),
  colour: colourSchema.optional(),
  background: colourSchema.optional(),
  /** Height of the letters in per cent of the zone's; 50 if nothing is said. */
  textPercent: z.int().min(10).max(90).optional(),
  /** Shown while the feed has never been read, or is too old. Without it the creative fails then. */
  otherwise: z.array(z.string().trim().min(1).max(300)).min(1).max(20).optional(),
});
export type TickerDescriptor = z.infer<typeof tickerDescriptorSchema>;

export const DESCRIPTOR_TYPES = {
  web: 'application/vnd.litfass.web+json',
  stream: 'application/vnd.litfass.stream+json',
  ticker: 'application/vnd.litfass.ticker+json',
} as const;
