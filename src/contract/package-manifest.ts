import { z } from 'zod';
import { slugSchema } from './ids.ts';

/** RFC 6901: `/departures/0/time`. */
const jsonPointerSchema = z.string().max(300).regex(/^(\/([^~/]|~[01])*)*$/, 'must be a JSON pointer such as /departures/0/time');

/** A live field of a package: what its page is told, at its start and at every change. */
export const packageFieldSchema = z.strictObject({
  name: z.string().regex(/^[A-Za-z]\w{0,62}$/, 'must be a name such as soupOfTheDay'),
  /** Told until there is something better, and whenever the source has nothing at this place. */
  default: z.json(),
  /** A place in a JSON source of the programme, or something of the screen. Never anything about people. */
  from: z.union([z.strictObject({ source: slugSchema, pointer: jsonPointerSchema }), z.strictObject({ screen: z.enum(['name', 'language', 'timeZone']) })]).optional(),
});
export type PackageField = z.infer<typeof packageFieldSchema>;

/** `litfass.json` in an HTML package, beside `index.html`. A package without one has no fields. */
export const packageManifestSchema = z.strictObject({
  v: z.literal(1),
  fields: z.array(packageFieldSchema).max(100),
});
export type PackageManifest = z.infer<typeof packageManifestSchema>;
