import { request } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ServedHub, serveHub } from '../../src/hub/index.ts';
import { asManager, enrolScreen, linesOf, openTestHub, type TestHub } from './kit.ts';

describe('a hub on the network', () => {
  let test: TestHub;
  let served: ServedHub;
  beforeEach(async () => {
    test = await openTestHub();
    served = await serveHub(test.hub, { host: '127.0.0.1', port: 0 });
  });
  afterEach(async () => {
    await served.close();
    await test.close();
  });

  const statusUnder = (host: string, path: string) =>
    new Promise<number | undefined>((resolve, reject) => {
      request({ host: '127.0.0.1', port: served.port, path, headers: { host, authorization: `Bearer ${test.hub.accessKey}` } }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
        .on('error', reject)
        .end();
    });

  it('answers under its own names only', async () => {
    expect(await statusUnder(`127.0.0.1:${String(served.port)}`, '/api/screens')).toBe(200);
    expect(await statusUnder(`localhost:${String(served.port)}`, '/api/screens')).toBe(200);
    expect(await statusUnder(`[::1]:${String(served.port)}`, '/api/screens')).toBe(200);
    expect(await statusUnder('evil.example', '/api/screens')).toBe(421);
    expect(await statusUnder('192.168.1.9', '/api/screens')).toBe(421);
  });

  it('answers screens under any name, for they sign', async () => {
    expect(await statusUnder('hub.shop.example', '/v1/screens/a/programme')).toBe(401);
  });

  it('streams each line as it happens', async () => {
    const response = await fetch(`${served.url}/api/screens/live`, { headers: { authorization: `Bearer ${test.hub.accessKey}` } });
    const live = linesOf(response);
    expect(await live.next()).toMatchObject({ screens: [] });
    await enrolScreen(test);
    expect(await live.next()).toMatchObject({ screens: [{ name: 'Entrance' }] });
  });

  it('takes the next free port when one is only preferred, and says so when it is not', async () => {
    const next = await serveHub(test.hub, { host: '127.0.0.1', port: { preferred: served.port } });
    expect(next.port).toBeGreaterThan(served.port);
    await next.close();
    await expect(serveHub(test.hub, { host: '127.0.0.1', port: served.port })).rejects.toMatchObject({ code: 'port-taken', message: expect.stringContaining(String(served.port)) as string });
  });

  it('says when the address is not its own', async () => {
    await expect(serveHub(test.hub, { host: '203.0.113.7', port: 0 })).rejects.toMatchObject({ code: 'address' });
  });

  it('says that the console is not built, and serves screens all the same', async () => {
    const response = await asManager(test, '/');
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({ code: 'console-not-built' });
  });
});
