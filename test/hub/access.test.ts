import { mkdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestHub, ORIGIN, problemOf, type TestHub } from './kit.ts';

describe('access to the console', () => {
  let test: TestHub;
  beforeAll(async () => {
    test = await openTestHub();
    await mkdir(join(test.dataDir, 'pages', 'assets'), { recursive: true });
    await writeFile(join(test.dataDir, 'pages', 'index.html'), '<!doctype html><title>Litfass</title>');
    await writeFile(join(test.dataDir, 'pages', 'assets', 'index-1a2b.js'), 'export {};');
  });
  afterAll(() => test.close());

  const get = (path: string, headers: Record<string, string> = {}) => test.hub.fetch(new Request(ORIGIN + path, { headers }));
  const cookie = async () => (await get(`/?key=${test.hub.accessKey}`)).headers.get('set-cookie')!;
  const withCookie = async () => ({ cookie: (await cookie()).split(';')[0]! });

  it.each(['/', '/impressions', '/api/screens', '/api/screens/live', '/api/impressions', '/api/creatives', `/media/${'a'.repeat(64)}`, '/assets/index-1a2b.js'])('is refused without the key: %s', async (path) => {
    expect(await problemOf(await get(path))).toMatchObject({ status: 401, code: 'access-key' });
  });

  it('is refused to a person with a page that says what to do', async () => {
    const response = await get('/', { accept: 'text/html' });
    expect(response.status).toBe(401);
    expect(await response.text()).toContain('Open the link from the terminal');
    expect(response.headers.get('content-security-policy')).not.toContain('unsafe-inline');
  });

  it('begins with the link: a strict cookie that no script can read, and the key leaves the address bar', async () => {
    const response = await get(`/?key=${test.hub.accessKey}`);
    expect(response.status).toBe(303);
    expect(response.headers.get('location')).toBe('/');
    expect(response.headers.get('referrer-policy')).toBe('no-referrer');
    const set = response.headers.get('set-cookie')!;
    expect(set).toMatch(/HttpOnly/);
    expect(set).toMatch(/SameSite=Strict/);
    expect(set).not.toContain(test.hub.accessKey);
  });

  it('is not given to a wrong key', async () => {
    const response = await get('/?key=guess', { accept: 'text/html' });
    expect(response.status).toBe(401);
    expect(response.headers.get('set-cookie')).toBeNull();
  });

  it('with the cookie opens pages that run no script but their own', async () => {
    const response = await get('/impressions', await withCookie());
    expect(response.status).toBe(200);
    const policy = response.headers.get('content-security-policy')!;
    expect(policy).toContain("script-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe');
    expect((await get('/assets/index-1a2b.js', await withCookie())).headers.get('content-type')).toContain('javascript');
    expect(await problemOf(await get('/assets/..%2Findex.html', await withCookie()))).toMatchObject({ status: 404 });
  });

  it('lets programs in with the key', async () => {
    expect((await get('/api/screens', { authorization: `Bearer ${test.hub.accessKey}` })).status).toBe(200);
    expect((await get('/api/screens', { authorization: 'Bearer guess' })).status).toBe(401);
  });

  it('lets only its own pages write with the cookie', async () => {
    const post = async (headers: Record<string, string>) => test.hub.fetch(new Request(`${ORIGIN}/api/pairing-codes`, { method: 'POST', headers }));
    const own = await withCookie();
    expect((await post({ ...own, origin: ORIGIN })).status).toBe(201);
    expect(await problemOf(await post({ ...own, origin: 'http://evil.example' }))).toMatchObject({ status: 403, code: 'wrong-origin' });
    expect(await problemOf(await post({ ...own, origin: 'null' }))).toMatchObject({ status: 403, code: 'wrong-origin' });
    expect(await problemOf(await post(own))).toMatchObject({ status: 403, code: 'wrong-origin' });
    expect((await post({ authorization: `Bearer ${test.hub.accessKey}` })).status).toBe(201);
  });

  it('keeps its secrets to its own user, the same after a restart', async () => {
    const key = test.hub.accessKey;
    expect((await stat(join(test.dataDir, 'keys'))).mode & 0o777).toBe(0o700);
    for (const file of ['access-key', 'hub-ed25519.pem']) expect((await stat(join(test.dataDir, 'keys', file))).mode & 0o777).toBe(0o600);
    test = await test.reopen();
    expect(test.hub.accessKey).toBe(key);
    expect(key.length).toBeGreaterThanOrEqual(32);
    expect(test.notices.join('\n')).not.toContain(key);
  });
});
