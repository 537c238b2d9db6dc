import { stat } from 'node:fs/promises';
import { LitfassError } from '../../contract/index.ts';
import { CREATIVE_POLICY, NO_CONNECTIONS } from '../media-routes.ts';
import { fileWithPulse } from './page-pulse.ts';

/**
 * The page of an HTML creative, which brings everything along.
 *
 * @throws LitfassError `not-found`
 */
export async function htmlPage({ method }: Request, path: string): Promise<Response> {
  const found = await stat(path).catch(() => null);
  if (!found?.isFile()) throw new LitfassError('not-found', 'The file of this page is not here yet.');
  // What nobody reads would keep its file open.
  return new Response(method === 'HEAD' ? null : fileWithPulse(path), {
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': CREATIVE_POLICY,
      ...NO_CONNECTIONS,
      'X-Content-Type-Options': 'nosniff',
      // What was shown is what was checked, not what a browser kept.
      'Cache-Control': 'no-store',
    },
  });
}
