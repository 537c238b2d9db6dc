import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { Hono } from 'hono';
import { LitfassError } from '../../contract/index.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

const PAGE_CSP = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "media-src 'self'",
  "font-src 'self'",
  "connect-src 'self'",
  "frame-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Addresses that the console knows; it finds out by itself which of its pages is meant. */
const CONSOLE_ADDRESSES = ['/', '/screens/*', '/audience', '/audience/*', '/impressions', '/audit', '/audit/*'];

/** The built console: one page for every address of its own, and the files that the build gave hashed names. */
export function consolePages(pagesDir: string): Hono {
  const pages = new Hono();

  pages.get('/assets/:file{[\\w.-]+}', async (c) => {
    const file = c.req.param('file');
    const bytes = await readPage(join(pagesDir, 'assets', file));
    const type = TYPES[extname(file)];
    if (bytes === undefined || type === undefined) throw new LitfassError('not-found', `there is no file ${c.req.path}.`);
    return c.body(bytes, 200, { 'content-type': type, 'cache-control': 'private, max-age=31536000, immutable' });
  });

  pages.on('GET', CONSOLE_ADDRESSES, async (c) => {
    const html = await readPage(join(pagesDir, 'index.html'));
    if (html === undefined) throw new LitfassError('console-not-built', `the console is not built: ${join(pagesDir, 'index.html')} is missing. Screens are served all the same; run: node build/pages.ts console`);
    return c.body(html, 200, { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': PAGE_CSP, 'cache-control': 'no-cache' });
  });

  return pages;
}

async function readPage(path: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
  try {
    return new Uint8Array(await readFile(path));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
