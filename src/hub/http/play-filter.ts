import { z } from 'zod';
import { endReasonSchema, reasonSchema, slugSchema } from '../../contract/index.ts';

const epochMsText = z.string().regex(/^\d{1,15}$/, 'must be milliseconds since 1970').transform(Number);

/** What a search for plays may be narrowed by, as it stands in a query. */
export const playFilterSchema = z.strictObject({
  search: z.string().max(200).optional(),
  screen: slugSchema.optional(),
  creative: slugSchema.optional(),
  reason: reasonSchema.shape.kind.optional(),
  end: endReasonSchema.optional(),
  from: epochMsText.optional(),
  to: epochMsText.optional(),
});
