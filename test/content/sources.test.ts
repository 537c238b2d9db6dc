import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { atPointer, openSources, sourceCopiesIn, type Sources } from '../../src/content/index.ts';
import { sourceSchema, type Source } from '../../src/contract/index.ts';
import { writeDurably } from '../../src/sync/index.ts';
import { openSite, type Site } from './site.ts';

const rss = (title: string): string => `<rss><channel><item><title>${title}</title></item></channel></rss>`;

let site: Site;
let other: Site;
let dir: string;
let nowMs: number;
let trouble: Map<string, string>;
let opened: Sources[];
beforeEach(async () => {
  [site, other, dir] = await Promise.all([openSite(), openSite(), mkdtemp(join(tmpdir(), 'litfass-sources-'))]);
  nowMs = Date.UTC(2026, 10, 1);
  trouble = new Map();
  opened = [];
});
afterEach(async () => {
  for (const sources of opened) sources.close();
  await Promise.all([site.close(), other.close(), rm(dir, { recursive: true })]);
});

function open(...sources: readonly Source[]): Sources {
  const all = openSources({ copies: sourceCopiesIn(dir, writeDurably), nowMs: () => nowMs, onTrouble: (id, error) => (error === null ? trouble.delete(id) : trouble.set(id, error.code)) });
  opened.push(all);
  all.follow(sources);
  return all;
}
const feed = (over: Partial<Source> = {}): Source => ({ id: 'news', kind: 'feed', url: `${site.origin}/feed.xml`, onSite: true, ...over });
const headlines = (sources: Sources): readonly string[] | string => {
  try {
    return sources.headlines('news');
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe('sources', () => {
  it('are asked in the background, and only if something has changed since', async () => {
    site.answer((request, response) => {
      if (request.headers['if-none-match'] === '"1"') response.writeHead(304).end();
      else response.writeHead(200, { etag: '"1"', 'last-modified': 'Sun, 01 Nov 2026 00:00:00 GMT' }).end(rss('One'));
    });
    expect(headlines(open(feed()))).toBe('source-unread');
    await expect.poll(() => headlines(opened[0]!)).toEqual(['One']);
    await expect.poll(() => readdir(dir)).toEqual(['news.json']);
    opened[0]?.close();
    const again = open(feed());
    await expect.poll(() => site.asked.length).toBe(2);
    expect(site.asked[1]?.headers).toMatchObject({ 'if-none-match': '"1"', 'if-modified-since': 'Sun, 01 Nov 2026 00:00:00 GMT' });
    expect(headlines(again)).toEqual(['One']);
    expect(trouble.size).toBe(0);
  });

  it('show the last good copy for months without a network, unless it may only be so old', async () => {
    site.answer((_request, response) => response.end(rss('Good')));
    const before = open(feed());
    await expect.poll(() => headlines(before)).toEqual(['Good']);
    await expect.poll(() => readdir(dir)).toEqual(['news.json']);
    before.close();
    await site.close();
    nowMs += 90 * 86_400_000;
    const offline = open(feed());
    await expect.poll(() => headlines(offline)).toEqual(['Good']);
    await expect.poll(() => trouble.get('news')).toBe('source-unreachable');
    offline.close();
    const strict = open(feed({ staleAfterMs: 86_400_000 }));
    await expect.poll(() => headlines(strict)).toBe('source-stale');
  });

  it.each([
    ['answers with an error', (response: ServerResponse) => response.writeHead(500).end('oops'), 'source-unreachable'],
    ['sends what is no feed', (response: ServerResponse) => response.end('<html></html>'), 'feed-invalid'],
    ['sends more than anybody reads', (response: ServerResponse) => response.end(Buffer.alloc(3_000_000, 60)), 'source-too-large'],
    ['sends a few bytes that unpack to far more', (response: ServerResponse) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(300_000_000, 60), { level: 1 })), 'source-too-large'],
    ['breaks off', (response: ServerResponse) => response.writeHead(200, { 'content-length': '5000' }).write('<rss>', () => response.destroy()), 'source-unreachable'],
  ] as const)('keep what is good when the server %s', async (_what, answer, code) => {
    site.answer((_request, response) => response.end(rss('Good')));
    const before = open(feed());
    await expect.poll(() => headlines(before)).toEqual(['Good']);
    await expect.poll(() => readdir(dir)).toEqual(['news.json']);
    before.close();
    site.answer((_request, response) => void answer(response));
    const after = open(feed());
    await expect.poll(() => trouble.get('news')).toBe(code);
    expect(headlines(after)).toEqual(['Good']);
  });

  it('are followed to where they may lead, and nowhere else', async () => {
    other.answer((_request, response) => response.end(rss('Elsewhere')));
    site.answer((_request, response) => response.writeHead(302, { location: `${other.origin}/x` }).end());
    open(feed());
    await expect.poll(() => trouble.get('news')).toBe('source-forbidden');
    expect(other.asked).toEqual([]);
    // A list in a programme holds https origins; which scheme it is makes no difference to the rule.
    const listed = open(feed({ alsoFrom: [other.origin] }));
    await expect.poll(() => headlines(listed)).toEqual(['Elsewhere']);
    site.answer((request, response) => response.writeHead(302, { location: request.url }).end());
    open(feed());
    await expect.poll(() => trouble.get('news')).toBe('source-unreachable');
  });

  it('leave nothing behind when the programme has them no more, nor after another address', async () => {
    site.answer((_request, response) => response.end(rss('One')));
    const sources = open(feed());
    await expect.poll(() => headlines(sources)).toEqual(['One']);
    site.answer(() => undefined);
    sources.follow([feed({ url: `${site.origin}/other.xml` })]);
    await expect.poll(() => site.asked.at(-1)?.path).toBe('/other.xml');
    expect(headlines(sources)).toBe('source-unread');
    sources.follow([]);
    await expect.poll(() => readdir(dir)).toEqual([]);
    expect(headlines(sources)).toBe('source-unread');
  });

  it('do not trust a copy that the disk has changed', async () => {
    site.answer((_request, response) => response.end(rss('One')));
    const before = open(feed());
    await expect.poll(() => headlines(before)).toEqual(['One']);
    await expect.poll(() => readdir(dir)).toEqual(['news.json']);
    before.close();
    const file = join(dir, 'news.json');
    site.answer(() => undefined);
    for (const text of ['', '{', '{"v":1}', (await readFile(file, 'utf8')).replace('<rss>', '<xss>')]) {
      await writeFile(file, text);
      const after = open(feed());
      await expect.poll(() => site.asked.length, { message: text }).toBeGreaterThan(opened.length - 1);
      expect(headlines(after)).toBe('source-unread');
      after.close();
    }
  });

  it('give values by JSON pointer', async () => {
    site.answer((_request, response) => response.end('{"today":{"soup":"Lentils","a/b":[1,{"~":2}]}}'));
    const sources = open(feed({ kind: 'json', id: 'kitchen' }));
    await expect.poll(() => {
      try {
        return atPointer(sources.values('kitchen'), '/today/soup');
      } catch {
        return null;
      }
    }).toBe('Lentils');
    const values = sources.values('kitchen');
    expect([atPointer(values, '/today/a~1b/1/~0'), atPointer(values, '/today/a~1b/01'), atPointer(values, '/__proto__'), atPointer(values, '/today/soup/length'), atPointer(values, '')]).toEqual([2, undefined, undefined, undefined, values]);
  });
});

describe('the list of sources', () => {
  const issue = (over: Partial<Source>): string => sourceSchema.safeParse({ id: 'a', kind: 'feed', url: 'https://news.example/feed', ...over }).error?.issues[0]?.message ?? '';
  it('takes https from anywhere, and http from the site alone, which is said', () => {
    expect(issue({})).toBe('');
    expect(issue({ url: 'http://news.example/' })).toContain('must be https');
    for (const url of ['http://192.168.1.20/menu', 'http://10.1.2.3', 'http://kitchen/', 'http://till.local:8080/', 'http://[fd00::1]/']) expect(issue({ url, onSite: true }), url).toBe('');
    for (const url of ['http://8.8.8.8/', 'http://news.example/', 'http://172.40.0.1/', 'http://10.evil.example/']) expect(issue({ url, onSite: true }), url).toContain('no address of a site');
  });
  it('takes no other scheme and no password', () => {
    for (const url of ['file:///etc/passwd', 'javascript:alert(1)', 'ftp://a.example/', 'news.example']) expect(issue({ url }), url).toContain('must be an address');
    expect(issue({ url: 'https://me:secret@news.example/' })).toContain('must not hold a password');
    for (const origin of ['https://cdn.example/path', 'http://cdn.example', 'cdn.example', 'https://*.example']) expect(issue({ alsoFrom: [origin] }), origin).not.toBe('');
  });
});
