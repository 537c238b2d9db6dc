import { generateKeyPairSync } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EnrolResponse } from '../../src/contract/index.ts';
import { asScreen, enrolScreen, openTestHub, postJson, problemOf, rawKey, START_MS, type TestHub } from './kit.ts';

describe('enrolment', () => {
  let test: TestHub;
  beforeEach(async () => {
    test = await openTestHub();
  });
  afterEach(() => test.close());

  const newKey = () => rawKey(generateKeyPairSync('ed25519').publicKey);
  const enrol = (code: string, publicKey: string, name = 'Entrance') => postJson(test.hub, '/v1/enrol', { code, name, publicKey });

  it('gives a screen an id made of its name, the key to pin, and the time', async () => {
    const { code } = await test.hub.createPairingCode();
    const response = await enrol(code, newKey(), 'Käse & Wurst, Straße 2');
    expect(response.status).toBe(200);
    const answer = (await response.json()) as EnrolResponse;
    expect(answer.screenId).toMatch(/^kase-wurst-strasse-2-[0-9a-f]{6}$/);
    expect(Buffer.from(answer.hubPublicKey, 'base64')).toHaveLength(32);
    expect(answer.hubTimeMs).toBe(START_MS);
  });

  it('takes a code as people type it', async () => {
    const { code } = await test.hub.createPairingCode();
    expect((await enrol(` ${code.toLowerCase().replace('-', ' ')} `, newKey())).status).toBe(200);
  });

  it('gives the same id to a screen that lost the answer, also after a restart', async () => {
    const { code } = await test.hub.createPairingCode();
    const key = newKey();
    const first = (await (await enrol(code, key)).json()) as EnrolResponse;
    test = await test.reopen();
    const again = (await (await enrol(code, key)).json()) as EnrolResponse;
    expect(again.screenId).toBe(first.screenId);
  });

  it('keeps a screen the same when its key comes back with a fresh code', async () => {
    const screen = await enrolScreen(test);
    const { code } = await test.hub.createPairingCode();
    const again = (await (await enrol(code, screen.publicKey)).json()) as EnrolResponse;
    expect(again.screenId).toBe(screen.id);
  });

  it('refuses a code that another screen used', async () => {
    const { code } = await test.hub.createPairingCode();
    await enrol(code, newKey());
    expect(await problemOf(await enrol(code, newKey()))).toMatchObject({ status: 403, code: 'pairing-code' });
  });

  it('refuses a code after an hour, and one that was never given out', async () => {
    const { code, expiresMs } = await test.hub.createPairingCode();
    expect(expiresMs).toBe(START_MS + 3_600_000);
    test.clock.nowMs = expiresMs + 1;
    expect(await problemOf(await enrol(code, newKey()))).toMatchObject({ status: 403, code: 'pairing-code' });
    expect(await problemOf(await enrol('AAAA-AAAA', newKey()))).toMatchObject({ status: 403, code: 'pairing-code' });
  });

  it('refuses what is no Ed25519 key, without using up the code', async () => {
    const { code } = await test.hub.createPairingCode();
    expect(await problemOf(await enrol(code, Buffer.alloc(31).toString('base64')))).toMatchObject({ status: 400, code: 'bad-request' });
    expect((await enrol(code, newKey())).status).toBe(200);
  });

  it('says which field of the request does not fit', async () => {
    const problem = await problemOf(await postJson(test.hub, '/v1/enrol', { code: 'ABCD', name: '', publicKey: newKey() }));
    expect(problem).toMatchObject({ status: 400, code: 'bad-request' });
    expect(problem.message).toContain('name');
  });

  it('lets the enrolled screen in', async () => {
    const screen = await enrolScreen(test);
    expect(await problemOf(await asScreen(test, screen, 'GET', `/v1/screens/${screen.id}/programme`))).toMatchObject({ status: 404, code: 'no-programme' });
  });
});
