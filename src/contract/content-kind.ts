import { z } from 'zod';

/** What a creative's file may be, by its kind. Each kind is shown by a file of its own in `renderer/stage/content`. */
export const MEDIA_TYPES = {
  image: ['image/png', 'image/jpeg', 'image/webp', 'image/avif', 'image/gif', 'image/svg+xml'],
  video: ['video/mp4', 'video/webm'],
  html: ['text/html'],
  audio: ['audio/mpeg', 'audio/mp4', 'audio/ogg', 'audio/flac', 'audio/wav'],
  pdf: ['application/pdf'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type ContentKind = keyof typeof MEDIA_TYPES;
export const contentKindSchema = z.enum(Object.keys(MEDIA_TYPES) as [ContentKind, ...ContentKind[]]);

/** The kinds that there were before version 3 of the play. */
export const earlierContentKindSchema = z.enum(['image', 'video', 'html']);
