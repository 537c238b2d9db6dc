import { extname, join } from 'node:path';
import type { Context } from 'hono';
import { fileResponse, problemResponse } from './file-response.ts';

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.woff2': 'font/woff2',
  '.mp4': 'video/mp4',
  '.webm': 'video/webm',
};
/** Built files have flat names with a hash, so no path into another folder can be written. */
const PAGE_FILES = /^[\w-]+(\.[\w-]+)*\.(js|css|woff2)$/;

/** A file of a built page's `assets` folder, by the name in the route. */
export function pageAsset(context: Context, pagesDir: string): Response | Promise<Response> {
  const name = context.req.param('name') ?? '';
  return PAGE_FILES.test(name) ? fileAs(context, join(pagesDir, 'assets', name)) : problemResponse(404, 'not-found', `There is no ${context.req.path} here.`);
}

export function fileAs(context: Context, path: string): Promise<Response> {
  return fileResponse(context.req.raw, path, { 'Content-Type': CONTENT_TYPES[extname(path)] ?? 'application/octet-stream' });
}
