import { listen } from './listen.ts';

/** One page with an origin of its own, which the browser trusts enough for everything that is asked of it. */
export async function listenForPage(html: string): Promise<{ readonly origin: string; close(): Promise<void> }> {
  const server = await listen(0);
  server.serve(() => new Response(html, { headers: { 'content-type': 'text/html; charset=utf-8' } }));
  return server;
}
