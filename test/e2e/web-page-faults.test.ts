import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { DESCRIPTOR_TYPES, type Source } from '../../src/contract/index.ts';
import { openSite, type Site } from '../content/site.ts';
import { untrustedCertificate } from '../content/untrusted.ts';
import { programme } from '../programme-fixture.ts';
import { colourOf } from './colour.ts';
import { openStageRig, until, type StageRig } from './stage-rig.ts';

let rig: StageRig;
let site: Site;
beforeEach(async () => {
  [rig, site] = await Promise.all([openStageRig(), openSite('localhost')]);
});
afterEach(async () => {
  await rig.close();
  await site.close();
});

const GREEN = [0, 128, 0];
const BLUE = [0, 0, 255];
const HTML = { 'content-type': 'text/html' };
const PAGE = '<!doctype html><body style="background: #008000">';
const still = '<svg xmlns="http://www.w3.org/2000/svg" width="16" height="9"><rect width="16" height="9" fill="#0000ff"/></svg>';

/** The player is answered well; what its browser gets is the test's affair. */
function answerBrowser(answer: (response: ServerResponse, request: IncomingMessage) => void): void {
  site.answer((request, response) => (request.headers['user-agent'] === 'Litfass' ? void response.writeHead(200, HTML).end(PAGE) : answer(response, request)));
}

async function play(over: Partial<Source> = {}): Promise<void> {
  const web = await rig.add('web', JSON.stringify({ v: 1, source: 'outside', timeoutMs: 2_000 }), { kind: 'web', mediaType: DESCRIPTOR_TYPES.web, durationMs: 6_000, tier: 'contract', fallback: 'still' });
  rig.setProgramme(programme([await rig.add('still', still, { kind: 'image', mediaType: 'image/svg+xml', durationMs: 2_000 }), web], { sources: [{ id: 'outside', kind: 'web', url: `${site.origin}/`, onSite: true, ...over }] }));
}

/** Colours that were in the middle of the panel while something went on, each once. */
async function seenUntil(isOver: () => boolean): Promise<readonly string[]> {
  const seen = new Set<string>();
  const startMs = performance.now();
  while (!isOver() && performance.now() - startMs < 30_000) seen.add((await colourOf(rig.stage.page)).join());
  return [...seen];
}

async function openUntrusted(): Promise<string> {
  const server = createServer(untrustedCertificate(), (_request, response) => void response.writeHead(200, HTML).end(PAGE));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return `https://localhost:${(server.address() as AddressInfo).port}`;
}

describe('a web page that the player could reach and the browser cannot show', () => {
  it.each([
    ['refuses frames', (response: ServerResponse) => void response.writeHead(200, { ...HTML, 'x-frame-options': 'DENY' }).end(PAGE), 'ERR_BLOCKED_BY_RESPONSE'],
    ['allows other frames only', (response: ServerResponse) => void response.writeHead(200, { ...HTML, 'content-security-policy': 'frame-ancestors https://a.example' }).end(PAGE), 'ERR_BLOCKED_BY_RESPONSE'],
    ['answers with an error and words about it', (response: ServerResponse) => void response.writeHead(500, HTML).end('<h1>Internal server error'), 'answered 500'],
    ['answers with an error and nothing', (response: ServerResponse) => void response.writeHead(502).end(), 'answered 502'],
    ['gives no answer', () => undefined, 'had not loaded after 2 s'],
    ['closes the line at once', (response: ServerResponse) => void response.destroy(), 'ERR_EMPTY_RESPONSE'],
    ['breaks off in the middle', (response: ServerResponse) => void (response.writeHead(200, { ...HTML, 'content-length': '5000' }).write(PAGE), setTimeout(() => response.destroy(), 300)), 'ERR_'],
  ] as [string, (response: ServerResponse) => void, string][])('because its server %s gives way to its fallback, and nothing else is ever seen', async (_what, answer, says) => {
    answerBrowser(answer);
    await play();
    await until('the fallback is in front', () => rig.conductor.nowPlaying !== null);
    const seen = await seenUntil(() => rig.plays.length > 0);
    expect(rig.faults).toMatchObject([{ creativeId: 'web', code: 'load', message: expect.stringContaining(says) as string }]);
    expect(seen.filter((colour) => colour !== BLUE.join())).toEqual([]);
    expect(rig.plays[0]).toMatchObject({ creative: { id: 'still' }, decision: { reason: { insteadOf: { creativeId: 'web', code: 'load' } } } });
  }, 60_000);

  it('because its certificate is not trusted gives way, too', async () => {
    const untrusted = await openUntrusted();
    answerBrowser((response) => response.writeHead(302, { location: untrusted }).end());
    await play({ alsoFrom: [untrusted] });
    await until('the fallback is in front', () => rig.conductor.nowPlaying !== null);
    expect(rig.faults).toMatchObject([{ creativeId: 'web', message: expect.stringContaining('ERR_CERT_AUTHORITY_INVALID') as string }]);
    expect(await colourOf(rig.stage.page)).toEqual(BLUE);
  });

  it('any more when it loads itself anew is covered before the browser says a word, and its fallback has the rest', async () => {
    let isUp = true;
    answerBrowser((response) => (isUp ? response.writeHead(200, HTML).end(`${PAGE}<meta http-equiv="refresh" content="2">`) : response.writeHead(500, HTML).end('<body style="background: #ff0000">')));
    await play();
    await until('it is in front', () => rig.conductor.nowPlaying?.creative.id === 'web');
    await rig.stage.page.waitForTimeout(600);
    expect(await colourOf(rig.stage.page)).toEqual(GREEN);
    isUp = false;
    const seen = await seenUntil(() => rig.conductor.nowPlaying?.creative.id === 'still');
    // Black is what lies behind a creative, and what a fade begins with.
    expect(seen.filter((colour) => colour.startsWith('255'))).toEqual([]);
    expect(rig.faults).toMatchObject([{ creativeId: 'web', message: expect.stringContaining('answered 500') as string }]);
    expect(rig.plays[0]).toMatchObject({ creative: { id: 'web' }, endReason: 'failed' });
  });

  it('is not taken for one that redirects within its list', async () => {
    answerBrowser((response, { url }) => (url === '/' ? response.writeHead(302, { location: '/today' }).end() : response.writeHead(200, HTML).end(PAGE)));
    await play();
    await until('it is in front', () => rig.conductor.nowPlaying !== null);
    await rig.stage.page.waitForTimeout(600);
    expect(await colourOf(rig.stage.page)).toEqual(GREEN);
    expect(rig.faults).toEqual([]);
  });
});
