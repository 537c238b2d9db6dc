import { createPublicKey, verify } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { COMMAND_LIFE_MS, commandsResponseSchema, commandText, remoteCommandSchema, type CommandsResponse, type SignedCommand } from '../../src/contract/index.ts';
import { BOOT_ID } from '../contract/builders.ts';
import { asManager, asScreen, enrolScreen, openTestHub, problemOf, type Screen, type TestHub } from './kit.ts';

const STATUS = { bootId: BOOT_ID, shell: 'headless', version: '0.1.0', sensor: 'ok', programmeVersion: 1, backlog: 0, nowPlaying: null, trouble: '' };

let hub: TestHub;
let screen: Screen;
beforeEach(async () => {
  hub = await openTestHub();
  screen = await enrolScreen(hub);
});
afterEach(() => hub.close());

const give = (order: unknown, id = screen.id): Promise<Response> => asManager(hub, `/api/screens/${id}/commands`, { method: 'POST', body: JSON.stringify(order) });
const answer = async (): Promise<CommandsResponse> => commandsResponseSchema.parse(await (await asManager(hub, `/api/screens/${screen.id}/commands`)).json());
const settle = (id: string, outcome: unknown): Promise<Response> => asScreen(hub, screen, 'POST', `/v1/screens/${screen.id}/commands/${id}/outcome`, outcome);

/** What the screen hears when it reports; time passes, as a report is signed with it. */
async function report(of = screen): Promise<SignedCommand[]> {
  hub.clock.nowMs += 10;
  const answer = await asScreen(hub, of, 'POST', `/v1/screens/${of.id}/status`, STATUS);
  return answer.status === 204 ? [] : ((await answer.json()) as { commands: SignedCommand[] }).commands;
}

describe('commands to a screen', () => {
  it('go to that screen alone, signed with the key that it pinned', async () => {
    const other = await enrolScreen(hub, 'Other');
    expect((await give({ kind: 'reload' })).status).toBe(201);
    expect(await report(other)).toEqual([]);
    const [signed] = await report();
    const command = remoteCommandSchema.parse(JSON.parse(signed!.command));
    expect(command).toMatchObject({ screenId: screen.id, order: { kind: 'reload' } });
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(screen.hubPublicKey, 'base64').toString('base64url') }, format: 'jwk' });
    expect(verify(null, Buffer.from(commandText(signed!.command)), key, Buffer.from(signed!.signature, 'base64'))).toBe(true);
    expect(verify(null, Buffer.from(signed!.command), key, Buffer.from(signed!.signature, 'base64'))).toBe(false);
  });

  it('wait until they are answered, or until they expire', async () => {
    await give({ kind: 'reload' });
    await give({ kind: 'display', power: 'off' });
    const [first] = await report();
    expect(await report()).toHaveLength(2);
    await settle(remoteCommandSchema.parse(JSON.parse(first!.command)).id, { state: 'failed', message: 'no' });
    expect(await report()).toHaveLength(1);
    hub.clock.nowMs += COMMAND_LIFE_MS;
    expect(await report()).toEqual([]);
    expect((await answer()).commands.map(({ state }) => state)).toEqual(['expired', 'failed']);
  });

  it('bring back the picture that was asked for, and no other', async () => {
    expect(await problemOf(await asManager(hub, `/api/screens/${screen.id}/picture`))).toMatchObject({ status: 404, code: 'no-picture' });
    const { id } = (await (await give({ kind: 'screenshot' })).json()) as { id: string };
    const reload = (await (await give({ kind: 'reload' })).json()) as { id: string };
    expect((await answer()).picture).toBeNull();
    await settle(id, { state: 'done', message: '', picture: Buffer.from('jpeg').toString('base64') });
    await settle(reload.id, { state: 'done', message: '', picture: Buffer.from('other').toString('base64') });
    const picture = await asManager(hub, `/api/screens/${screen.id}/picture`);
    expect([picture.headers.get('content-type'), await picture.text()]).toEqual(['image/jpeg', 'jpeg']);
    expect((await answer()).picture).toEqual({ arrivedMs: hub.clock.nowMs, taken: null });
  });

  it('are from a fixed list, for screens that are there, and only so many at once', async () => {
    expect(await problemOf(await give({ kind: 'shell', command: 'rm' }))).toMatchObject({ status: 400 });
    expect(await problemOf(await give({ kind: 'reload' }, 'nobody'))).toMatchObject({ status: 404, code: 'unknown-screen' });
    for (let count = 0; count < 20; count += 1) await give({ kind: 'identify' });
    expect(await problemOf(await give({ kind: 'identify' }))).toMatchObject({ status: 429, code: 'too-many-commands' });
  });

  it('are given only by who has the access key, and answered only by their screen', async () => {
    const { id } = (await (await give({ kind: 'reload' })).json()) as { id: string };
    expect((await hub.hub.fetch(new Request(`http://127.0.0.1:8080/api/screens/${screen.id}/commands`, { method: 'POST', body: '{"kind":"reload"}' }))).status).toBe(401);
    const other = await enrolScreen(hub, 'Other');
    expect((await asScreen(hub, other, 'POST', `/v1/screens/${screen.id}/commands/${id}/outcome`, { state: 'done', message: '' })).status).toBe(403);
    expect((await asScreen(hub, other, 'POST', `/v1/screens/${other.id}/commands/${id}/outcome`, { state: 'done', message: '' })).status).toBe(404);
  });
});

describe('pictures that the programme asks for', () => {
  const send = (of = screen, id = of.id, taken: { takenMs: number; clock: string } = { takenMs: hub.clock.nowMs, clock: 'synced' }): Promise<Response> => {
    hub.clock.nowMs += 10;
    return asScreen(hub, of, 'POST', `/v1/screens/${id}/picture`, { ...taken, picture: Buffer.from('jpeg').toString('base64') });
  };

  it('come from their screen alone, signed, and the newest can be looked at', async () => {
    const other = await enrolScreen(hub, 'Other');
    expect((await send(other, screen.id)).status).toBe(403);
    expect((await send()).status).toBe(204);
    const picture = await asManager(hub, `/api/screens/${screen.id}/picture`);
    expect([picture.headers.get('last-modified'), await picture.text()]).toEqual([new Date(hub.clock.nowMs).toUTCString(), 'jpeg']);
    expect((await asManager(hub, `/api/screens/${other.id}/picture`)).status).toBe(404);
    expect((await hub.hub.fetch(new Request(`http://127.0.0.1:8080/api/screens/${screen.id}/picture`))).status).toBe(401);
  });

  it("keep the screen's own time and what it rests on, beside when they came", async () => {
    await send(screen, screen.id, { takenMs: 1_000, clock: 'unsynced' });
    expect((await answer()).picture).toEqual({ arrivedMs: hub.clock.nowMs, taken: { ms: 1_000, clock: 'unsynced' } });
  });

  it('are taken twice a minute at the most', async () => {
    await send();
    expect(await problemOf(await send())).toMatchObject({ status: 429, code: 'too-many-pictures' });
    hub.clock.nowMs += 30_000;
    expect((await send()).status).toBe(204);
  });
});
