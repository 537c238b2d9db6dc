import { extname, join } from 'node:path';
import type { Context } from 'hono';
import { routePath } from 'hono/route';
import { fileResponse, problemResponse } from './file-response.ts';

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.mp4': 'video/mp4',
  '.webm': 'video/webm',
};
/** Built files have flat names with a hash, so no path into another folder can be written. */
const PAGE_FILES = /^[\w-]+(\.[\w-]+)*\.(js|css|wasm|woff2|pfb|ttf|bcmap)$/;

type Headers = Readonly<Record<string, string>>;

/** The file of a folder that the route's `:name` says, if it is one of those that may be asked for. */
export function namedFile(context: Context, folder: string, allowed: RegExp, headers: Headers = {}): Response | Promise<Response> {
  const name = context.req.param('name') ?? '';
  return allowed.test(name) ? fileAs(context, join(folder, name), headers) : notHere(context);
}

/** A file of a built page's `assets` folder, by the name in the route. */
export function pageAsset(context: Context, pagesDir: string, headers: Headers = {}): Response | Promise<Response> {
  return namedFile(context, join(pagesDir, 'assets'), PAGE_FILES, headers);
}

/** The built page itself. */
export function pageIndex(context: Context, pagesDir: string, headers: Headers = {}): Promise<Response> {
  return fileAs(context, join(pagesDir, 'index.html'), headers);
}

/** For a site that is mounted under a path, on `/*`: its page's addresses are relative, so it must be opened with the trailing slash. */
export function mountedPage(context: Context, pagesDir: string): Response | Promise<Response> {
  const { path } = context.req;
  const mount = routePath(context).slice(0, -2);
  if (path === `${mount}/`) return pageIndex(context, pagesDir);
  return path === mount ? context.redirect(`${mount}/`) : notHere(context);
}

/** A file, under the type that its ending says. */
export function fileAs(context: Context, path: string, headers: Headers = {}): Promise<Response> {
  return fileResponse(context.req.raw, path, { 'Content-Type': CONTENT_TYPES[extname(path)] ?? 'application/octet-stream', ...headers });
}

function notHere(context: Context): Response {
  return problemResponse(404, 'not-found', `There is no ${context.req.path} here.`);
}
