import { z } from 'zod';
import { DESCRIPTOR_TYPES } from './descriptor.ts';

/** What a creative's file may be, by its kind. Each kind is shown by a file of its own in `renderer/stage/content`. */
export const MEDIA_TYPES = {
  image: ['image/png', 'image/jpeg', 'image/webp', 'image/avif', 'image/gif', 'image/svg+xml'],
  video: ['video/mp4', 'video/webm'],
  html: ['text/html'],
  audio: ['audio/mpeg', 'audio/mp4', 'audio/ogg', 'audio/flac', 'audio/wav'],
  pdf: ['application/pdf'],
  package: ['application/zip'],
  web: [DESCRIPTOR_TYPES.web],
  stream: [DESCRIPTOR_TYPES.stream],
  ticker: [DESCRIPTOR_TYPES.ticker],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type ContentKind = keyof typeof MEDIA_TYPES;
export const contentKindSchema = z.enum(Object.keys(MEDIA_TYPES) as [ContentKind, ...ContentKind[]]);

/** Kinds whose file names a source outside, or may: what that sent at the time has no hash in the play. */
export const LIVE_KINDS: readonly ContentKind[] = ['package', 'web', 'stream', 'ticker'];

/** Kinds that are a page in a frame. */
export const PAGE_KINDS: readonly string[] = ['html', 'package', 'web'] satisfies ContentKind[];

/** The kinds that there were before version 3 of the play. */
export const earlierContentKindSchema = z.enum(['image', 'video', 'html']);
