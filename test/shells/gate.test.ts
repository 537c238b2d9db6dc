import { describe, expect, it } from 'vitest';
import { createGate } from '../../src/shells/chromium/gate.ts';

const ORIGIN = 'http://127.0.0.1:8090';
const gate = createGate({ fetch: (_request, { role }) => new Response(role) }, ORIGIN);

async function ask(path: string, headers: Record<string, string> = {}): Promise<Response> {
  return gate.fetch(new Request(`${ORIGIN}${path}`, { headers: { host: '127.0.0.1:8090', ...headers }, redirect: 'manual' }));
}

async function cookieOf(role: 'screen' | 'view'): Promise<string> {
  const entrance = new URL(gate.entrance(role, '/stage/'));
  const answer = await ask(`${entrance.pathname}${entrance.search}`);
  expect(answer.status).toBe(303);
  expect(answer.headers.get('location')).toBe('/stage/');
  const cookie = answer.headers.get('set-cookie') ?? '';
  expect(cookie).toMatch(/HttpOnly.*SameSite=Strict/);
  return cookie.split(';')[0] ?? '';
}

describe('the gate of the Chromium shell', () => {
  it('lets each token in as what it is', async () => {
    expect(await (await ask('/stage/', { cookie: await cookieOf('screen') })).text()).toBe('screen');
    expect(await (await ask('/stage/', { cookie: await cookieOf('view') })).text()).toBe('view');
  });

  it('refuses requests without a token, or with a guessed one', async () => {
    expect((await ask('/stage/')).status).toBe(403);
    expect((await ask('/stage/?token=guess')).status).toBe(403);
    expect((await ask('/stage/', { cookie: 'litfass-8090=guess' })).status).toBe(403);
  });

  it('refuses a foreign name that resolves to this machine', async () => {
    expect((await ask('/stage/', { cookie: await cookieOf('screen'), host: 'rebound.example:8090' })).status).toBe(403);
  });

  it('refuses what a foreign page sends, and a frame without an origin', async () => {
    const cookie = await cookieOf('screen');
    for (const origin of ['https://evil.example', 'null', 'http://127.0.0.1:9']) expect((await ask('/stage/events', { cookie, origin })).status).toBe(403);
    expect((await ask('/stage/events', { cookie, origin: ORIGIN })).status).toBe(200);
  });

  it('lets the page of a package, which has neither cookie nor origin, read its own files as one that looks on', async () => {
    const answer = await ask('/packages/key/ab/app.mjs', { origin: 'null' });
    expect(await answer.text()).toBe('view');
    expect((await ask('/packages/key/ab/app.mjs', { host: 'rebound.example:8090' })).status).toBe(403);
    for (const path of ['/packages/../stage/commands', '/packages%2F..%2Fstage/', '/packages']) expect((await ask(path)).status, path).toBe(403);
    expect((await gate.fetch(new Request(`${ORIGIN}/packages/key/ab/x`, { method: 'POST', headers: { host: '127.0.0.1:8090' } }))).status).toBe(403);
  });
});
