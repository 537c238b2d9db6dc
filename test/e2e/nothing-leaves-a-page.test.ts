import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { programme } from '../programme-fixture.ts';
import { zip } from '../content/zip.ts';
import { openStageRig, until, type StageRig } from './stage-rig.ts';

let rig: StageRig;
beforeEach(async () => {
  rig = await openStageRig();
});
afterEach(() => rig.close());

/** Somebody outside, who counts what arrives: datagrams and connections. */
async function stranger() {
  let heard = 0;
  const datagrams = createSocket('udp4').on('message', () => (heard += 1));
  const connections = createServer((connection) => {
    heard += 1;
    connection.on('error', () => undefined).destroy();
  });
  datagrams.bind(0, '127.0.0.1');
  connections.listen(0, '127.0.0.1');
  await Promise.all([once(datagrams, 'listening'), once(connections, 'listening')]);
  const [udp, tcp] = [datagrams.address().port, (connections.address() as AddressInfo).port];
  return {
    heard: () => heard,
    /** A script that calls. */
    call: `{ const call = new RTCPeerConnection({ iceServers: [{ urls: ["stun:127.0.0.1:${udp}", "turn:127.0.0.1:${tcp}?transport=tcp"], username: "a", credential: "b" }] }); globalThis.calls = [...(globalThis.calls ?? []), call]; call.createDataChannel("x"); void call.createOffer().then((offer) => call.setLocalDescription(offer)); }`,
    async [Symbol.asyncDispose]() {
      datagrams.close();
      connections.close();
      await once(connections, 'close');
    },
  };
}

/** Calls by itself, and from frames that it makes. */
function calling(call: string): string {
  const frame = (attribute: string, value: string): string => `{ const frame = document.createElement('iframe'); frame.${attribute} = ${value}; document.body.append(frame); }`;
  const child = JSON.stringify(`<script>${call}</script>`).replaceAll('</', '<\\/');
  return `<!doctype html><body style="background: #0a0">Soup<script>${frame('srcdoc', child)} ${frame('src', `'javascript:' + JSON.stringify(${child})`)}</script><script>${call}</script>`;
}

it('a page that is a creative calls nobody, nor does a frame that it makes, nor one that the player puts no script into', async () => {
  await using outside = await stranger();
  const page = calling(outside.call);
  rig.setProgramme(
    programme([
      await rig.add('html', page, { kind: 'html', mediaType: 'text/html', durationMs: 2_000 }),
      await rig.add('wide', Buffer.from(`\ufeff${page}`, 'utf16le'), { kind: 'html', mediaType: 'text/html', durationMs: 2_000 }),
      await rig.add('package', zip([{ name: 'index.html', content: page }]), { kind: 'package', mediaType: 'application/zip', durationMs: 2_000 }),
    ]),
  );
  await until('all three were shown, or something failed', () => new Set(rig.plays.map(({ creative }) => creative.id)).size === 3 || rig.faults.length > 0, 60_000);
  expect(rig.faults).toEqual([]);
  expect(outside.heard()).toBe(0);
  // The same call arrives from a page that is let: it would have been heard.
  await rig.stage.page.evaluate(outside.call);
  await until('a call is heard', () => outside.heard() > 0);
});
