import { z } from 'zod';
import { contentKindSchema } from './content-kind.ts';
import { durationMsSchema, uuidSchema } from './ids.ts';
import { presentationSchema, rotationSchema, transitionSchema, zoneSchema } from './presentation.ts';

/**
 * Said by the stage page with each command stream and each report. A page in a frame can send requests anywhere, but none with a
 * header of its own to an origin that has not allowed it (Fetch, section "CORS-safelisted request-header").
 */
export const PAGE_HEADER = 'litfass-page';

/** What the player tells the stage page, one JSON object a line on `GET /stage/commands`. */
export const stageCommandSchema = z.discriminatedUnion('type', [
  /**
   * How the panel is divided from now on. The first command on every line. A zone that is there under the same id, before and
   * after, keeps what it shows; what is in a zone that is gone is let go. Without one, `main` has the whole panel.
   */
  z.strictObject({ type: z.literal('layout'), zones: z.array(zoneSchema).min(1).max(16), rotation: rotationSchema }),
  /** Load and decode into the free slot of the zone; answer `prepared` or `failed`. */
  z.strictObject({
    type: z.literal('prepare'),
    playId: uuidSchema,
    zone: zoneSchema.shape.id,
    kind: contentKindSchema,
    /** Relative to the stage page: `../media/<sha256>`. */
    url: z.string().max(200),
    mediaType: z.string().max(60),
    durationMs: durationMsSchema,
    name: z.string().max(120),
    /** How long each page of a PDF is on; without it, its pages share the duration. */
    pageMs: durationMsSchema.optional(),
    /** Every wish filled in: the stage has no defaults of its own. */
    presentation: presentationSchema.omit({ transition: true, madeFor: true }).required().extend({ madeFor: presentationSchema.shape.madeFor }),
  }),
  /**
   * Bring the prepared slot to the front; answer `shown` with the first presented frame. `inMs` from now: told ahead of its
   * time, the way to the page costs a creative nothing of its slot.
   */
  z.strictObject({ type: z.literal('show'), playId: uuidSchema, transition: transitionSchema, inMs: z.int().min(0).max(1_000) }),
  /** Not wanted any more: free the slot and what it holds in memory. */
  z.strictObject({ type: z.literal('retire'), playId: uuidSchema }),
  /** Keeps the stream alive; a page that hears nothing for 10 s reconnects. */
  z.strictObject({ type: z.literal('ping') }),
]);
export type StageCommand = z.infer<typeof stageCommandSchema>;

/** `droppedFrames`: decoded too late to be presented, where the stage can tell. */
const frames = { presentedFrames: z.int().min(0), droppedFrames: z.int().min(0).optional() };

/** What the stage page reports, as a JSON array on `POST /stage/events`. */
export const stageEventSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('loaded') }),
  z.strictObject({ type: z.literal('prepared'), playId: uuidSchema }),
  z.strictObject({ type: z.literal('shown'), playId: uuidSchema }),
  /** A video reached its end by itself. */
  z.strictObject({ type: z.literal('ended'), playId: uuidSchema, ...frames }),
  z.strictObject({ type: z.literal('failed'), playId: uuidSchema, code: z.enum(['load', 'decode', 'stalled', 'unsupported']), message: z.string().max(500), ...frames }),
  /** Twice a second for each zone: frames the compositor presented for the creative in front since it was shown. */
  z.strictObject({ type: z.literal('heartbeat'), zone: zoneSchema.shape.id, playId: uuidSchema.nullable(), ...frames }),
  /** The creative that was in front until now: its final frame count. Comes right before the `shown` of its successor. */
  z.strictObject({ type: z.literal('retired'), playId: uuidSchema, ...frames }),
]);
export type StageEvent = z.infer<typeof stageEventSchema>;
export const stageEventsSchema = z.array(stageEventSchema).max(100);
