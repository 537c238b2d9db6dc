import { z } from 'zod';

// ── What the stage page asks the player about content that is more than a file: `GET ../content/<kind>/<sha256>`. The player
//    has read and judged the descriptor or the package; a refusal is a `Problem`, whose message is the reason of the failure.

const urlSchema = z.string().max(4_000);

export const packageContentSchema = z.strictObject({
  /** Its index.html, relative to the stage page. */
  entrance: urlSchema,
  /** The live fields as they are now, by name. Asked for again and again while it is on. */
  fields: z.record(z.string(), z.json()),
});
export type PackageContent = z.infer<typeof packageContentSchema>;

export const tickerContentSchema = z.strictObject({
  headlines: z.array(z.string()).min(1).max(200),
  separator: z.string(),
  pxPerSecond: z.int(),
  textPercent: z.int(),
  colour: z.string(),
  background: z.string(),
});
export type TickerContent = z.infer<typeof tickerContentSchema>;

export const webContentSchema = z.strictObject({
  /** A page of the player that holds the web page in a frame. */
  frame: urlSchema,
  timeoutMs: z.int(),
  /** Whether the shell around this page tells how each of its frames fared. To a looker-on nobody does. */
  isWatched: z.boolean(),
});
export type WebContent = z.infer<typeof webContentSchema>;

export const streamContentSchema = z.strictObject({
  /** The playlist, fetched through the player, as all that it names is. */
  playlist: urlSchema,
});
export type StreamContent = z.infer<typeof streamContentSchema>;

/**
 * What the page of an HTML creative tells the stage around it before its own scripts, and a web page when it is told `FRAME_LOUDNESS`,
 * with a port on which it answers whatever it is sent. A page that gives no answer hangs: nobody outside its process could see that
 * otherwise.
 */
export const FRAME_PULSE = 'litfass-pulse';

/** What the stage tells every frame of a web page of how loud that may be; the shell's script in the frame hears it before the page. */
export const FRAME_LOUDNESS = 'litfass-loudness';
export interface FrameLoudness {
  readonly type: typeof FRAME_LOUDNESS;
  /** 0 to 1 */
  loudness: number;
}

/** The event by which the shell tells the stage page how a web page fares in its frame: a frame itself tells nothing of that. */
export const FRAME_NEWS = 'litfass-frame-news';
export interface FrameNews {
  /** Address of the player's page around it. */
  readonly frame: string;
  /** `asked`: for a page, the first or another one. `good`: it came, to its last byte. */
  readonly state: 'asked' | 'good' | 'failed';
  /** Of a failure, in words. */
  readonly why?: string;
}
