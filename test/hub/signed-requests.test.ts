import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { asScreen, enrolScreen, ORIGIN, openTestHub, postJson, problemOf, type Screen, signedRequest, signedUpload, START_MS, type TestHub, upload } from './kit.ts';
import { batch, play, uuid } from './leaves.ts';

describe('signed requests', () => {
  let test: TestHub;
  let screen: Screen;
  beforeEach(async () => {
    test = await openTestHub();
    screen = await enrolScreen(test);
  });
  afterEach(() => test.close());

  const status = { bootId: uuid(1), shell: 'chromium', version: '0.1.0', sensor: 'ok', programmeVersion: 0, backlog: 0, nowPlaying: null, trouble: '' };
  const statusPath = () => `/v1/screens/${screen.id}/status`;

  it('are taken when key, clock and body fit, and answered with the time', async () => {
    const response = await asScreen(test, screen, 'POST', statusPath(), status);
    expect(response.status).toBe(204);
    expect(response.headers.get('litfass-time')).toBe(String(START_MS));
  });

  it('are refused without a signature, with the time all the same', async () => {
    const response = await postJson(test.hub, statusPath(), status);
    expect(response.headers.get('litfass-time')).toBe(String(START_MS));
    expect(await problemOf(response)).toMatchObject({ status: 401, code: 'unsigned' });
  });

  it('are refused when the body was changed on the way', async () => {
    const response = await asScreen(test, screen, 'POST', statusPath(), status, { forgedBody: JSON.stringify({ ...status, sensor: 'off' }) });
    expect(await problemOf(response)).toMatchObject({ status: 401, code: 'bad-signature' });
  });

  it('are refused when the address was changed on the way', async () => {
    const { headers } = signedRequest(test, screen, 'GET', `/v1/screens/${screen.id}/programme`);
    const moved = new Request(`${ORIGIN}/v1/screens/${screen.id}/events`, { headers });
    expect(await problemOf(await test.hub.fetch(moved))).toMatchObject({ status: 401, code: 'bad-signature' });
  });

  it("are refused when signed with another screen's key", async () => {
    const other = await enrolScreen(test, 'Other');
    const response = await asScreen(test, other, 'POST', statusPath(), status, { screenId: screen.id });
    expect(await problemOf(response)).toMatchObject({ status: 401, code: 'bad-signature' });
  });

  it('are refused when a screen speaks for another', async () => {
    const other = await enrolScreen(test, 'Other');
    expect(await problemOf(await asScreen(test, other, 'POST', statusPath(), status))).toMatchObject({ status: 403, code: 'wrong-screen' });
  });

  it('of a screen that is not enrolled are answered with 404', async () => {
    const response = await asScreen(test, screen, 'POST', statusPath(), status, { screenId: 'nobody-000000' });
    expect(await problemOf(response)).toMatchObject({ status: 404, code: 'unknown-screen' });
  });

  it.each([-301_000, 301_000])('are refused when the clock is %d ms off, and taken just inside', async (offMs) => {
    expect(await problemOf(await asScreen(test, screen, 'POST', statusPath(), status, { timeMs: START_MS + offMs }))).toMatchObject({ status: 401, code: 'clock-skew' });
    expect((await asScreen(test, screen, 'POST', statusPath(), status, { timeMs: START_MS + Math.sign(offMs) * 299_000 })).status).toBe(204);
  });

  it('change nothing when they are replayed: no second play, no older status, no sign of life', async () => {
    const sent = signedRequest(test, screen, 'POST', `/v1/screens/${screen.id}/impressions`, signedUpload(screen, batch(0, [play(screen.id, 0)])));
    const oldStatus = signedRequest(test, screen, 'POST', statusPath(), { ...status, sensor: 'absent' });
    await test.hub.fetch(sent.clone());
    await test.hub.fetch(oldStatus.clone());
    test.clock.nowMs += 5_000;
    await asScreen(test, screen, 'POST', statusPath(), status);

    test.clock.nowMs = START_MS + 200_000;
    expect((await test.hub.fetch(sent)).status).toBe(200);
    expect((await test.hub.fetch(oldStatus)).status).toBe(204);

    expect(await test.hub.countPlays(screen.id)).toBe(1);
    const { screens } = await screensOf(test);
    expect(screens[0]).toMatchObject({ contact: 'offline', status: { sensor: 'ok' } });
  });

  it('are refused when the body is larger than the address takes', async () => {
    const response = await asScreen(test, screen, 'POST', statusPath(), { ...status, trouble: 'x'.repeat(70_000) });
    expect(await problemOf(response)).toMatchObject({ status: 413, code: 'too-large' });
  });

  it('whose JSON does not fit say where', async () => {
    const problem = await problemOf(await asScreen(test, screen, 'POST', statusPath(), { ...status, watching: 3 }));
    expect(problem).toMatchObject({ status: 400, code: 'bad-request' });
    expect(problem.message).toContain('watching');
    const broken = await upload(test, screen, batch(0, []), { from: -1 });
    expect((await problemOf(broken)).message).toContain('from');
  });
});

async function screensOf(test: TestHub): Promise<{ screens: unknown[] }> {
  const response = await test.hub.fetch(new Request(`${ORIGIN}/api/screens`, { headers: { authorization: `Bearer ${test.hub.accessKey}` } }));
  return (await response.json()) as { screens: unknown[] };
}
