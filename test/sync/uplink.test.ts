import { describe, expect, it, onTestFinished } from 'vitest';
import { canonicalJson } from '../../src/contract/index.ts';
import type { ImpressionLog } from '../../src/impressions/index.ts';
import { startUplink, type Uplink } from '../../src/sync/index.ts';
import { ownOffsetMs } from '../../src/sync/own-turns.ts';
import { newFault, newPlay } from '../contract/builders.ts';
import { startHubDouble } from './hub-double.ts';
import { clockOf1970, newScreen, QUICK, type ScreenDouble, soon } from './screen-double.ts';

function start(screen: ScreenDouble): Uplink {
  const uplink = startUplink({ log: screen.log, hub: screen.hub, random: Math.random, onTrouble: screen.onTrouble, backOff: QUICK, spreadMs: 0 });
  onTestFinished(() => uplink.close());
  return uplink;
}

function logPlays(log: ImpressionLog, count: number): string[] {
  return Array.from({ length: count }, () => {
    const play = newPlay();
    log.startPlay(play);
    log.finishPlay(play);
    return canonicalJson(play);
  });
}

async function untilDelivered(log: ImpressionLog): Promise<void> {
  await soon(() => expect(log.acknowledged()).toBe(log.size()));
}

describe('the uplink', () => {
  it('waits with new rows for its own moment, so that screens that change together do not send together', async () => {
    const hub = await startHubDouble();
    const screen = await newScreen(hub);
    const spreadMs = 400;
    const uplink = startUplink({ log: screen.log, hub: screen.hub, random: Math.random, onTrouble: screen.onTrouble, spreadMs });
    onTestFinished(() => uplink.close());
    await new Promise((resolve) => setTimeout(resolve, 20));
    const loggedMs = performance.now();
    logPlays(screen.log, 2);
    await untilDelivered(screen.log);
    expect(performance.now() - loggedMs).toBeGreaterThanOrEqual(ownOffsetMs(screen.hub.identity.screenId, spreadMs) - 2);
    expect(hub.stored(screen.log.epoch)).toHaveLength(2);
  });

  it('carries what is in the log, word for word and in order, and each new row as it comes', async () => {
    const hub = await startHubDouble();
    const screen = await newScreen(hub);
    const before = logPlays(screen.log, 3);
    start(screen);
    await untilDelivered(screen.log);
    const after = logPlays(screen.log, 1);
    await untilDelivered(screen.log);
    expect(hub.stored(screen.log.epoch)).toEqual([...before, ...after]);
    expect(screen.troubles).toEqual([]);
  });

  it('sends at most 500 rows and about a megabyte at once, oldest first', async () => {
    const hub = await startHubDouble();
    const screen = await newScreen(hub);
    const small = Array.from({ length: 501 }, () => newFault());
    const large = Array.from({ length: 40 }, () => ({ ...newPlay(), creative: { ...newPlay().creative, name: 'x'.repeat(60_000) } }));
    screen.log.appendAll(small);
    for (const play of large) {
      screen.log.startPlay(play);
      screen.log.finishPlay(play);
    }
    start(screen);
    await untilDelivered(screen.log);
    expect(hub.uploads.map((upload) => upload.from)).toEqual(hub.uploads.map((_, index) => hub.uploads.slice(0, index).reduce((sum, upload) => sum + upload.rows, 0)));
    expect(hub.uploads[0]?.rows).toBe(500);
    expect(Math.max(...hub.uploads.slice(1).map((upload) => upload.rows))).toBeLessThanOrEqual(17);
  });

  it('has each row take effect exactly once, whatever is lost on the way', async () => {
    const hub = await startHubDouble();
    const screen = await newScreen(hub);
    hub.mishaps.push('lost answer', 'lost request', 'lost answer', { status: 503 }, 'lost answer', 'lost request');
    start(screen);
    for (let n = 0; n < 12; n++) {
      logPlays(screen.log, 1);
      await new Promise((resolve) => setTimeout(resolve, 3));
    }
    await untilDelivered(screen.log);
    expect(hub.stored(screen.log.epoch)).toEqual(screen.log.rows(0, 100).map((row) => row.leaf));
    expect([...hub.effects.values()].every((times) => times === 1)).toBe(true);
    expect(hub.effects.size).toBe(12);
    await soon(() => expect(screen.troubles.at(-1)).toBeNull());
  });

  it('goes on from where the hub says, when the hub lost rows', async () => {
    const hub = await startHubDouble();
    const screen = await newScreen(hub);
    start(screen);
    logPlays(screen.log, 5);
    await untilDelivered(screen.log);
    hub.forget(screen.log.epoch, 2);
    logPlays(screen.log, 1);
    await soon(() => expect(hub.stored(screen.log.epoch)).toHaveLength(6));
    expect(hub.stored(screen.log.epoch)).toEqual(screen.log.rows(0, 100).map((row) => row.leaf));
  });

  it('stops and says so when the hub has more rows than the log: an old copy was put back', async () => {
    const hub = await startHubDouble();
    const screen = await newScreen(hub);
    hub.mishaps.push({ status: 409, body: { nextSeq: 9 } });
    start(screen);
    logPlays(screen.log, 1);
    await soon(() => expect(screen.troubles).toEqual(['hub-ahead']));
    logPlays(screen.log, 1);
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(hub.uploads).toEqual([]);
    expect({ acknowledged: screen.log.acknowledged(), size: screen.log.size() }).toEqual({ acknowledged: 0, size: 2 });
  });

  it('stops, says so and keeps everything when the hub remembers another history', async () => {
    const hub = await startHubDouble();
    const screen = await newScreen(hub);
    hub.rewrite(screen.log.epoch, 0);
    const uplink = start(screen);
    logPlays(screen.log, 2);
    await soon(() => expect(screen.troubles).toEqual(['hub-refused']));
    expect(screen.messages[0]).toContain('(422 fork): the log was rewritten');
    logPlays(screen.log, 1);
    expect(await uplink.flush(1_000)).toBe(false);
    expect({ acknowledged: screen.log.acknowledged(), size: screen.log.size() }).toEqual({ acknowledged: 0, size: 3 });
  });

  it('does not run in circles with a hub that makes no sense', async () => {
    const hub = await startHubDouble();
    const screen = await newScreen(hub);
    logPlays(screen.log, 3);
    hub.mishaps.push({ status: 200, body: { nextSeq: 0 } }, { status: 409, body: { nextSeq: 0 } }, { status: 200, body: 'hello' });
    start(screen);
    await untilDelivered(screen.log);
    await soon(() => expect(new Set(screen.troubles)).toEqual(new Set(['hub-answer', null])));
    expect(hub.stored(screen.log.epoch)).toHaveLength(3);
  });

  it('keeps quiet for as long as the hub asks', async () => {
    const hub = await startHubDouble();
    const screen = await newScreen(hub);
    hub.mishaps.push({ status: 503, retryAfter: '1' });
    const began = Date.now();
    start(screen);
    logPlays(screen.log, 1);
    await untilDelivered(screen.log);
    expect(hub.uploads[0]!.at - began).toBeGreaterThan(900);
  });

  it('delivers everything after the hub was away, and tells both once', async () => {
    const hub = await startHubDouble();
    const screen = await newScreen(hub);
    const port = Number(new URL(hub.url).port);
    await hub.close();
    start(screen);
    const leaves = logPlays(screen.log, 4);
    await soon(() => expect(screen.troubles).toEqual(['hub-offline']));
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(screen.troubles).toEqual(['hub-offline']);
    expect(screen.messages[0]).toContain(hub.url);

    const back = await startHubDouble({ port, before: hub });
    await enrolAgain(screen, back.url);
    await untilDelivered(screen.log);
    expect(back.stored(screen.log.epoch)).toEqual(leaves);
    await soon(() => expect(screen.troubles.at(-1)).toBeNull());
  });

  it('gets through with a clock of 1970, because it signs with the hub’s time', async () => {
    const hub = await startHubDouble();
    const screen = await newScreen(hub, clockOf1970);
    start(screen);
    logPlays(screen.log, 2);
    await untilDelivered(screen.log);
    expect(screen.troubles).toEqual([]);
  });

  it('sends what is left before a clean stop, also out of a back-off', async () => {
    const hub = await startHubDouble();
    const screen = await newScreen(hub);
    hub.mishaps.push({ status: 503, retryAfter: '600' });
    const uplink = start(screen);
    logPlays(screen.log, 2);
    await soon(() => expect(screen.troubles).toEqual(['hub-refused']));
    expect(await uplink.flush(2_000)).toBe(true);
    expect(hub.stored(screen.log.epoch)).toHaveLength(2);
  });

  it('lets a clean stop wait no longer than its deadline', async () => {
    const hub = await startHubDouble();
    const screen = await newScreen(hub);
    const uplink = startUplink({ log: screen.log, hub: { ...screen.hub, upload: (_, signal) => new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('closed')))) }, random: Math.random, onTrouble: screen.onTrouble });
    logPlays(screen.log, 1);
    const began = Date.now();
    expect(await uplink.flush(50)).toBe(false);
    await uplink.close();
    expect(Date.now() - began).toBeLessThan(5_000);
  });
});

describe('the uplink and its receipts', () => {
  it('keeps the hub’s cosignature over what it sent', async () => {
    const hub = await startHubDouble();
    const screen = await newScreen(hub);
    start(screen);
    logPlays(screen.log, 2);
    await untilDelivered(screen.log);
    await soon(() => expect(screen.log.cosigned()).toMatch(/\n2\n[^]*\n— litfass\/entrance[^]*\n— double /));
  });

  it('does not count rows as delivered whose cosignature is not good', async () => {
    const hub = await startHubDouble();
    const screen = await newScreen(hub);
    hub.forgeCosignatures = true;
    start(screen);
    logPlays(screen.log, 1);
    await soon(() => expect(screen.troubles).toEqual(['hub-cosignature']));
    expect(screen.log.acknowledged()).toBe(0);
    hub.forgeCosignatures = false;
    await untilDelivered(screen.log);
  });

  it('stops and says so when the hub lost rows that were given up here', async () => {
    const hub = await startHubDouble();
    const screen = await newScreen(hub);
    let witnessTimeMs = Date.now();
    hub.witnessTimeMs = () => witnessTimeMs;
    start(screen);
    logPlays(screen.log, 3);
    await untilDelivered(screen.log);
    witnessTimeMs += 31 * 86_400_000;
    logPlays(screen.log, 1);
    await untilDelivered(screen.log);
    hub.forget(screen.log.epoch, 1);
    logPlays(screen.log, 1);
    await soon(() => expect(screen.troubles.at(-1)).toBe('rows-pruned'));
    expect(screen.messages.at(-1)).toContain('row 1');
  });
});

async function enrolAgain(screen: ScreenDouble, hubUrl: string): Promise<void> {
  await fetch(`${hubUrl}/v1/enrol`, { method: 'POST', body: JSON.stringify({ code: 'RIGHT-CODE', name: 'Entrance', publicKey: screen.key.publicKey }) });
}
