import { z } from 'zod';
import { criterionSchema } from './criterion.ts';
import { slugSchema } from './ids.ts';
import { zoneSchema } from './presentation.ts';
import { scheduleSchema } from './schedule.ts';

/** Playlists in playlists, at the most. */
export const DEEPEST_PLAYLIST = 8;

/** From the one that overrides all to the one that fills: the highest tier with something eligible wins. */
export const TIERS = ['override', 'contract', 'audience', 'house'] as const;
export const tierSchema = z.enum(TIERS);
export type Tier = z.infer<typeof tierSchema>;

export const playlistItemSchema = z.union([z.strictObject({ creative: slugSchema }), z.strictObject({ playlist: slugSchema })]);
export type PlaylistItem = z.infer<typeof playlistItemSchema>;

/**
 * Creatives and playlists that are played one after the other. What stands in a playlist is not drawn by itself: a playlist that
 * stands in no other takes part in the draw instead, with its own tier and weight. Criteria and schedules hold all the way down.
 */
export const playlistSchema = z.strictObject({
  id: slugSchema,
  name: z.string().trim().min(1).max(120),
  items: z.array(playlistItemSchema).min(1).max(10_000),
  /** `shuffled`: each item once in each round, in an order that is drawn anew for every round. */
  order: z.enum(['in-order', 'shuffled']),
  /** When its turn comes, it plays its `next` item, or `all` of them in a row. */
  play: z.enum(['next', 'all']),
  /** The rest counts for a playlist that stands in no other. Without a tier it is of the house, without a weight it weighs 1. */
  zone: zoneSchema.shape.id.optional(),
  tier: tierSchema.optional(),
  weight: z.int().min(1).max(1000).optional(),
  criteria: z.array(criterionSchema).max(8).optional(),
  schedule: scheduleSchema.optional(),
});
export type Playlist = z.infer<typeof playlistSchema>;
