import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asManager, asScreen, enrolScreen, openTestHub, problemOf, type Screen, type TestHub } from './kit.ts';
import { programmeFolder, randomFile, sha256 } from './programme-folder.ts';

describe('media', () => {
  const bytes = randomFile(300_000);
  const hash = sha256(bytes);
  let test: TestHub;
  let screen: Screen;

  beforeAll(async () => {
    test = await openTestHub();
    screen = await enrolScreen(test);
    const folder = await programmeFolder();
    await writeFile(join(folder, 'espresso.png'), bytes);
    await test.hub.publishProgrammeFolder(folder);
    await rm(folder, { recursive: true });
  });
  afterAll(() => test.close());

  const get = (headers: Record<string, string> = {}) => asScreen(test, screen, 'GET', `/v1/media/${hash}`, undefined, { headers });
  const bodyOf = async (response: Response) => Buffer.from(await response.arrayBuffer());

  it('come whole, under their hash, and may be kept for ever', async () => {
    const response = await get();
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({ 'content-type': 'image/png', etag: `"${hash}"`, 'content-length': '300000', 'accept-ranges': 'bytes' });
    expect(response.headers.get('cache-control')).toContain('immutable');
    expect((await bodyOf(response)).equals(bytes)).toBe(true);
  });

  it.each([
    ['bytes=0-0', 0, 1],
    ['bytes=100-199', 100, 200],
    ['bytes=299990-', 299_990, 300_000],
    ['bytes=299990-999999999', 299_990, 300_000],
    ['bytes=-10', 299_990, 300_000],
    ['bytes=-999999999', 0, 300_000],
  ])('come in part for Range: %s', async (range, start, end) => {
    const response = await get({ range });
    expect(response.status).toBe(206);
    expect(response.headers.get('content-range')).toBe(`bytes ${String(start)}-${String(end - 1)}/300000`);
    expect((await bodyOf(response)).equals(bytes.subarray(start, end))).toBe(true);
  });

  it.each(['bytes=300000-', 'bytes=-0'])('are refused for Range: %s', async (range) => {
    const response = await get({ range });
    expect(response.headers.get('content-range')).toBe('bytes */300000');
    expect(await problemOf(response)).toMatchObject({ status: 416, code: 'range' });
  });

  it.each(['bytes=0-1,5-6', 'bytes=9-3', 'lines=1-2', 'bytes=-'])('come whole for a Range that is not understood: %s', async (range) => {
    expect((await bodyOf(await get({ range }))).byteLength).toBe(300_000);
  });

  it('come in part only while If-Range names the same bytes', async () => {
    expect((await get({ range: 'bytes=5-9', 'if-range': `"${hash}"` })).status).toBe(206);
    expect((await get({ range: 'bytes=5-9', 'if-range': '"something-older"' })).status).toBe(200);
  });

  it('are not sent again to somebody who has them', async () => {
    expect((await get({ 'if-none-match': `"${hash}"` })).status).toBe(304);
  });

  it('are not found under another hash, and not under something that is no hash', async () => {
    expect(await problemOf(await asScreen(test, screen, 'GET', `/v1/media/${'0'.repeat(64)}`))).toMatchObject({ status: 404, code: 'unknown-media' });
    expect(await problemOf(await asScreen(test, screen, 'GET', '/v1/media/..%2Fhub.db'))).toMatchObject({ status: 400, code: 'bad-request' });
  });

  it('are boxed in when the console shows them', async () => {
    const response = await asManager(test, `/media/${hash}`);
    const policy = response.headers.get('content-security-policy');
    expect(policy).toContain('sandbox allow-scripts;');
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain('allow-same-origin');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  });
});
