import { z } from 'zod';
import { durationMsSchema, slugSchema } from './ids.ts';

/**
 * One place outside that a screen may fetch from. What is not in the signed programme is fetched by nobody: creatives name a
 * source by its id, and redirects that lead off it are refused.
 */
export const sourceSchema = z
  .strictObject({
    id: slugSchema,
    /** `web`: a page that is shown in a frame. `feed`: RSS or Atom. `json`: values for packages. `stream`: HLS. */
    kind: z.enum(['web', 'feed', 'json', 'stream']),
    url: z.url({ protocol: /^https?$/, error: 'must be an address such as https://news.example/feed.xml' }).max(2_000),
    /** It is a machine on the site's own network: then, and only then, plain http will do. */
    onSite: z.boolean().optional(),
    /** Other origins that it may redirect to, or take the parts of a stream from: `https://cdn.example`. */
    alsoFrom: z.array(z.string().max(300).refine(isOrigin, 'must be an https origin such as https://cdn.example, without a path')).max(8).optional(),
    /** How often a feed or JSON is asked for; every five minutes if nothing is said. */
    everyMs: durationMsSchema.min(10_000).max(86_400_000).optional(),
    /** What is older is not shown any more. Without it the last good copy is shown, however long the network is away. */
    staleAfterMs: durationMsSchema.min(60_000).optional(),
  })
  .superRefine(({ url, onSite = false }, context) => {
    if (!URL.canParse(url)) return;
    const { protocol, hostname, username, password } = new URL(url);
    if (username !== '' || password !== '') context.addIssue({ code: 'custom', path: ['url'], message: 'must not hold a password: every screen and every auditor can read the programme' });
    if (protocol === 'http:' && !onSite) context.addIssue({ code: 'custom', path: ['url'], message: 'must be https; plain http is for machines on the site, marked "onSite": true' });
    if (onSite && !isOnSiteHost(hostname)) context.addIssue({ code: 'custom', path: ['onSite'], message: `"${hostname}" is no address of a site: a private address, a name without dots, or one that ends with .local, .lan, .internal or .home.arpa` });
  });
export type Source = z.infer<typeof sourceSchema>;

export const sourcesSchema = z
  .array(sourceSchema)
  .max(100)
  .refine((sources) => new Set(sources.map(({ id }) => id)).size === sources.length, 'two sources have the same id');

function isOrigin(text: string): boolean {
  // No wildcard: it would be one to a browser's policy.
  return /^https:\/\/[a-z0-9.-]+(:\d+)?$/.test(text) && URL.canParse(text) && new URL(text).origin === text;
}

/** Private addresses (RFC 1918, RFC 4193), link-local and loopback ones, and names that only a site's own network knows. */
function isOnSiteHost(hostname: string): boolean {
  return (
    /^(10|127)\.\d+\.\d+\.\d+$|^192\.168\.\d+\.\d+$|^172\.(1[6-9]|2\d|3[01])\.\d+\.\d+$|^169\.254\.\d+\.\d+$/.test(hostname) ||
    /^\[(::1|f[cd][0-9a-f]{2}:|fe80:)/.test(hostname) ||
    !hostname.includes('.') ||
    /\.(local|lan|internal|home\.arpa)$/.test(hostname)
  );
}
