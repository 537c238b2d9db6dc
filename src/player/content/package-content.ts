import { posix } from 'node:path';
import { atPointer, openPackage, type HtmlPackage, type Sources } from '../../content/index.ts';
import { LitfassError, type PackageContent, type PackageField } from '../../contract/index.ts';
import { problemResponse } from '../file-response.ts';
import { NO_CONNECTIONS } from '../media-routes.ts';
import { withPulse } from './page-pulse.ts';

/** What a package may learn of the screen that shows it. */
export interface ScreenFacts {
  readonly name: string;
  /** BCP 47. */
  readonly language: string;
  readonly timeZone: string;
}

/** The page of a package. */
export const ENTRANCE = 'index.html';

/** Directories are small, and a screen has few packages: those of the last programmes. */
const MOST_OPEN = 32;

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.gif': 'image/gif',
  '.webp': 'image/webp',
  '.avif': 'image/avif',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
  '.ttf': 'font/ttf',
  '.otf': 'font/otf',
  '.mp4': 'video/mp4',
  '.webm': 'video/webm',
  '.mp3': 'audio/mpeg',
  '.txt': 'text/plain; charset=utf-8',
};

/** The packages of this screen, opened when they are first asked for. */
export class Packages {
  readonly #path: (sha256: string) => string;
  readonly #open = new Map<string, Promise<HtmlPackage>>();

  constructor(path: (sha256: string) => string) {
    this.#path = path;
  }

  open(sha256: string): Promise<HtmlPackage> {
    const known = this.#open.get(sha256);
    if (known !== undefined) return known;
    const opening = openPackage(this.#path(sha256)).then((opened) => ({ ...opened, read: (name: string) => opened.read(name).catch((error: unknown) => this.#forget(sha256, error)) }));
    this.#open.set(sha256, opening);
    opening.catch(() => this.#open.delete(sha256));
    const [oldest] = this.#open.keys();
    if (this.#open.size > MOST_OPEN && oldest !== undefined) this.#open.delete(oldest);
    return opening;
  }

  /** What cannot be read may have been changed by the disk, its directory too: once it was fetched anew, it is opened anew. */
  #forget(sha256: string, error: unknown): never {
    this.#open.delete(sha256);
    throw error;
  }
}

/** The fields of a package as they are now. A source that has nothing at a place, or nothing at all, leaves the default. */
export function fieldsOf({ manifest }: HtmlPackage, sources: Sources, screen: ScreenFacts): PackageContent['fields'] {
  return Object.fromEntries(manifest.fields.map((field) => [field.name, valueOf(field, sources, screen)]));
}

function valueOf({ default: otherwise, from }: PackageField, sources: Sources, screen: ScreenFacts): PackageContent['fields'][string] {
  if (from === undefined) return otherwise;
  if ('screen' in from) return screen[from.screen];
  try {
    return atPointer(sources.values(from.source), from.pointer) ?? otherwise;
  } catch (error) {
    // Never read, or too old: whoever runs the screen is told so by the source itself.
    if (error instanceof LitfassError) return otherwise;
    throw error;
  }
}

/**
 * One file of a package. Its page runs in an origin of its own that nothing else shares, and may load what lies in the package,
 * nothing else: the policy names the package's own folder.
 *
 * @param base address of that folder, ends with `/`
 */
export async function packageFile(opened: HtmlPackage, name: string, base: string): Promise<Response> {
  const bytes = await opened.read(name);
  if (bytes === null) return problemResponse(404, 'not-found', `The package has no "${name.slice(0, 200)}".`);
  return new Response(new Uint8Array(name === ENTRANCE ? withPulse(bytes) : bytes), {
    headers: {
      'Content-Type': CONTENT_TYPES[posix.extname(name).toLowerCase()] ?? 'application/octet-stream',
      'Content-Security-Policy': policyFor(base),
      ...NO_CONNECTIONS,
      // To this player; to which of its addresses, the policy says.
      'Connection-Allowlist': '(response-origin)',
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'no-referrer',
      // A page without an origin may read its own fonts, modules and data only if they are for everybody; the address is the secret.
      'Access-Control-Allow-Origin': '*',
      'Cache-Control': 'private, max-age=31536000, immutable',
    },
  });
}

function policyFor(base: string): string {
  return `sandbox allow-scripts; default-src 'none'; script-src ${base} 'unsafe-inline'; style-src ${base} 'unsafe-inline'; img-src ${base} data: blob:; font-src ${base} data:; media-src ${base} data: blob:; connect-src ${base}; base-uri 'none'; form-action 'none'`;
}
