import { Hono } from 'hono';
import { sha256Schema, type Creative } from '../contract/index.ts';
import { fileResponse, problemResponse } from './file-response.ts';

/** A creative's own page may run its scripts and show what it carries; it reaches nobody, not even this player. */
export const CREATIVE_POLICY = "sandbox allow-scripts; default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:; font-src data:; media-src data:";

/**
 * What else leaves a page: calls (WebRTC), a step of the page itself to another address, and names that are looked up ahead.
 * Chromium holds the list of where it may connect to, here nowhere, also in the frames that the page makes
 * (https://wicg.github.io/connection-allowlists/); browsers that do not know it ignore it.
 */
export const NO_CONNECTIONS = { 'Connection-Allowlist': '()', 'X-DNS-Prefetch-Control': 'off' } as const;

export interface MediaRoutesOptions {
  /** Where the file of this hash is, if it is here. */
  readonly path: (sha256: string) => string;
  /** The creative that this file belongs to: of the programme, or still on the screen from the one before. */
  readonly find: (sha256: string) => Creative | undefined;
}

/** The media of the programme, by the SHA-256 of their bytes. */
export function mediaRoutes({ path, find }: MediaRoutesOptions): Hono {
  const app = new Hono();
  app.get('/:sha256', (context) => {
    const sha256 = sha256Schema.safeParse(context.req.param('sha256'));
    const creative = sha256.success ? find(sha256.data) : undefined;
    if (creative === undefined) return problemResponse(404, 'not-found', 'No creative of the programme has this file.');
    return fileResponse(context.req.raw, path(creative.sha256), {
      'Content-Type': creative.mediaType,
      'Content-Security-Policy': CREATIVE_POLICY,
      ...NO_CONNECTIONS,
      'X-Content-Type-Options': 'nosniff',
      // What was shown is what was checked: a browser's copy of a file that the disk had changed would outlive the file.
      'Cache-Control': 'no-store',
    });
  });
  return app;
}
