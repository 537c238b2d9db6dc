import { LitfassError, type Source } from '../../contract/index.ts';
import { fetchAllowed, readBounded, unreachable, type Fetch } from './fetch-allowed.ts';
import { parseFeed } from './feed.ts';
import type { Json } from './json-pointer.ts';
import type { SourceCopies, SourceCopy } from './source-copies.ts';

const EVERY_MS = 300_000;
/** After a failure: sooner than its turn, for a network that is just coming up, then ever later. */
const FIRST_PAUSE_MS = 10_000;
const LONGEST_PAUSE_MS = 3_600_000;
const TIMEOUT_MS = 20_000;
const MOST_BYTES = 2_000_000;

export interface SourcesOptions {
  readonly copies: SourceCopies;
  readonly nowMs: () => number;
  readonly onTrouble: (id: string, error: LitfassError | null) => void;
  readonly fetch?: Fetch;
}

/** What screens are told from outside: the feeds and values of the programme's sources, asked for in the background. */
export interface Sources {
  /** The sources of the programme from now on. What is on the disk counts at once. */
  follow(sources: readonly Source[]): void;
  find(id: string): Source | undefined;
  /** @throws LitfassError `source-unread`, `source-stale` */
  headlines(id: string): readonly string[];
  /** @throws LitfassError `source-unread`, `source-stale` */
  values(id: string): Json;
  close(): void;
}

interface Followed {
  readonly source: Source;
  timer: NodeJS.Timeout | undefined;
  copy: SourceCopy | null;
  content: readonly string[] | Json;
  failures: number;
}

/** Nothing waits for a source: what is shown is the last good copy, and what is not good never becomes one. */
export function openSources({ copies, nowMs, onTrouble, fetch }: SourcesOptions): Sources {
  const followed = new Map<string, Followed>();

  let tidying: Promise<void> = Promise.resolve();

  /** With what is on the disk, and then from the source. */
  async function begin(each: Followed): Promise<void> {
    const { source } = each;
    const copy = await copies.load(source.id);
    if (copy?.url === source.url && isGood(source, copy.text)) Object.assign(each, { copy, content: parse(source, copy.text) });
    await round(each);
  }

  async function ask(each: Followed): Promise<void> {
    const { source, copy } = each;
    const headers = { ...(copy?.etag == null ? {} : { 'if-none-match': copy.etag }), ...(copy?.lastModified == null ? {} : { 'if-modified-since': copy.lastModified }) };
    const { answer } = await fetchAllowed({ source, headers, timeoutMs: TIMEOUT_MS, ...(fetch === undefined ? {} : { fetch }) });
    if (answer.status === 304 && copy !== null) {
      await take(each, { ...copy, fetchedMs: nowMs() }, each.content);
      return;
    }
    if (!answer.ok) {
      await answer.body?.cancel();
      throw unreachable(source, `answered ${answer.status}`);
    }
    const text = (await readBounded(source, answer, MOST_BYTES)).toString('utf8');
    await take(each, { v: 1, url: source.url, fetchedMs: nowMs(), etag: answer.headers.get('etag'), lastModified: answer.headers.get('last-modified'), text }, parse(source, text));
  }

  async function take(each: Followed, copy: SourceCopy, content: Followed['content']): Promise<void> {
    each.copy = copy;
    each.content = content;
    await copies.save(each.source.id, copy);
  }

  async function round(each: Followed): Promise<void> {
    try {
      await ask(each);
      each.failures = 0;
      onTrouble(each.source.id, null);
    } catch (error) {
      each.failures += 1;
      onTrouble(each.source.id, asTrouble(each.source.id, error));
    }
    if (followed.get(each.source.id) !== each) return;
    const pauseMs = each.failures === 0 ? (each.source.everyMs ?? EVERY_MS) : Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (each.failures - 1));
    each.timer = setTimeout(() => void round(each), pauseMs).unref();
  }

  function fresh(id: string): Followed {
    const each = followed.get(id);
    if (each?.copy == null) throw new LitfassError('source-unread', `source "${id}" has never been read here: this screen could not reach it yet.`);
    const ageMs = nowMs() - each.copy.fetchedMs;
    const { staleAfterMs = Infinity } = each.source;
    if (ageMs > staleAfterMs) throw new LitfassError('source-stale', `what is here of source "${id}" is ${Math.round(ageMs / 60_000)} minutes old, and may be ${Math.round(staleAfterMs / 60_000)} at the most.`);
    return each;
  }

  return {
    follow(sources) {
      for (const [id, { source, timer }] of followed) {
        if (sources.some((next) => JSON.stringify(next) === JSON.stringify(source))) continue;
        clearTimeout(timer);
        followed.delete(id);
        onTrouble(id, null);
      }
      const begun: Followed[] = [];
      for (const source of sources) {
        if (followed.has(source.id)) continue;
        const each: Followed = { source, timer: undefined, copy: null, content: null, failures: 0 };
        followed.set(source.id, each);
        if (source.kind === 'feed' || source.kind === 'json') begun.push(each);
      }
      tidying = tidying.then(() => copies.keepOnly(new Set(followed.keys()))).catch((error: unknown) => onTrouble('folder', asTrouble('folder', error)));
      for (const each of begun) void begin(each);
    },
    find: (id) => followed.get(id)?.source,
    headlines: (id) => fresh(id).content as readonly string[],
    values: (id) => fresh(id).content as Json,
    close() {
      for (const { timer } of followed.values()) clearTimeout(timer);
      followed.clear();
    },
  };
}

function asTrouble(id: string, error: unknown): LitfassError {
  return error instanceof LitfassError ? error : new LitfassError('source-unreachable', `source "${id}": ${String(error)}`, { cause: error });
}

/** @throws LitfassError `feed-invalid`, `json-invalid` */
function parse({ id, kind }: Source, text: string): Followed['content'] {
  if (kind === 'feed') return parseFeed(text);
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    throw new LitfassError('json-invalid', `source "${id}" sends what is no JSON: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

function isGood(source: Source, text: string): boolean {
  try {
    parse(source, text);
    return true;
  } catch {
    return false;
  }
}
