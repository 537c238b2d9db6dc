import { z } from 'zod';

const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/**
 * Where releases lie: `<url>/latest*.yml` with what it names, and each older version below `<url>/<version>/`. What comes from
 * there is run, so nobody on the way may change it.
 */
export const updateFeedUrlSchema = z
  .url({ protocol: /^https?$/ })
  .max(500)
  .refine((url) => URL.canParse(url) && (new URL(url).protocol === 'https:' || LOOPBACK.test(new URL(url).hostname)), 'must begin with https://');

/** `update-feed.json` in the data folder of a machine, written by whoever runs it. */
export const updateFeedSchema = z.strictObject({ url: updateFeedUrlSchema });
