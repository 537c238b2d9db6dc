import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createSocket } from 'node:dgram';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { findingSchema } from '../../src/contract/index.ts';
import { findingsOf } from '../../src/cli/doctor/browser.ts';
import { checkDisplayMeans } from '../../src/cli/doctor/display-means.ts';
import { checkHub } from '../../src/cli/doctor/hub.ts';
import { checkClock, checkDataFolder, checkNode } from '../../src/cli/doctor/machine.ts';
import { checkNetwork, checkWifi } from '../../src/cli/doctor/network.ts';
import { slotFinding } from '../../src/cli/doctor/slots.ts';
import { examineSlots, readDisplayMeans } from '../../src/player/index.ts';
import { openLeader, pin } from '../../src/slot-time/index.ts';
import { loadScreenKey } from '../../src/sync/index.ts';
import { creative, programme } from '../programme-fixture.ts';

const states = (findings: readonly { what: string; state: string }[]): Record<string, string> => Object.fromEntries(findings.map(({ what, state }) => [what, state]));
const decodes = { supported: true, smooth: true, powerEfficient: true };
const shopBox = { version: 'Chromium 153', webgl: 'Mesa Intel(R) UHD Graphics 600', webgpu: 'intel gen-9', codecs: { 'H.264': decodes, VP9: decodes, AV1: decodes }, fonts: { Latin: true, Chinese: true } };

function folder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'litfass-doctor-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

describe('the doctor', () => {
  it('has nothing to say against a good browser', () => {
    const findings = findingsOf(shopBox, '/usr/bin/chromium');
    expect(Object.values(states(findings))).toEqual(['ok', 'ok', 'ok', 'ok', 'ok']);
    for (const finding of findings) findingSchema.parse(finding);
  });

  it('tells a browser without H.264 from one that only stutters with AV1', () => {
    const never = { supported: false, smooth: false, powerEfficient: false };
    expect(findingsOf({ ...shopBox, codecs: { ...shopBox.codecs, 'H.264': never } }, '')[3]).toMatchObject({ state: 'fail', found: 'not played: H.264' });
    expect(findingsOf({ ...shopBox, codecs: { ...shopBox.codecs, AV1: { ...decodes, smooth: false } } }, '')[3]).toMatchObject({ state: 'warn', found: 'not smooth at 1080p30: AV1' });
  });

  it('warns of graphics in software and of writing that nobody could read', () => {
    const findings = findingsOf({ ...shopBox, webgl: 'ANGLE (Google, SwiftShader)', webgpu: null, fonts: { Latin: true, Chinese: false } }, '');
    expect(states(findings)).toMatchObject({ Graphics: 'warn', WebGPU: 'warn', Fonts: 'warn' });
    for (const { state, fix } of findings) expect(fix !== undefined, state).toBe(state !== 'ok');
  });

  it('refuses an old Node', () => {
    expect([checkNode('20.19.0').state, checkNode('24.1.0').state]).toEqual(['fail', 'ok']);
  });

  it('looks into the data folder: who may read its keys, and whether it can be written at all', async () => {
    const dir = folder();
    mkdirSync(join(dir, 'keys'), { mode: 0o700 });
    expect(states(await checkDataFolder(dir))).toEqual({ 'Data folder': 'ok', Disk: 'ok' });
    chmodSync(join(dir, 'keys'), 0o755);
    expect(states(await checkDataFolder(dir))).toMatchObject({ 'Data folder': 'warn' });
    writeFileSync(join(dir, 'file'), '');
    expect(states(await checkDataFolder(join(dir, 'file')))).toEqual({ 'Data folder': 'fail' });
  });

  it('asks the time service, and does not take silence for an answer', async () => {
    expect((await checkClock(() => Promise.resolve('yes\n'))).state).toBe('ok');
    expect((await checkClock(() => Promise.resolve('no\n'))).found).toMatch(/^not set/);
    expect((await checkClock(() => Promise.reject(new Error('ENOENT')))).found).toMatch(/^nobody says/);
  });

  it('tells a hub from a log-in page, and from nothing', async () => {
    const serve = async (headers: Record<string, string>): Promise<string> => {
      const server = createServer((_request, response) => response.writeHead(404, headers).end());
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      onTestFinished(() => void server.close());
      return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
    };
    expect(await checkHub(await serve({ 'litfass-time': String(Date.now()) }))).toMatchObject({ state: 'ok' });
    expect(await checkHub(await serve({ 'litfass-time': String(Date.now() - 3_600_000) }))).toMatchObject({ state: 'warn' });
    expect(await checkHub(await serve({}))).toMatchObject({ state: 'fail', found: expect.stringContaining('no Litfass hub') as unknown });
    expect(await checkHub('http://127.0.0.1:9')).toMatchObject({ state: 'fail', found: expect.stringContaining('does not answer') as unknown });
  });
});

describe('the doctor, of slots', () => {
  it('says nothing without them, and asks the leader of a screen that follows one', async () => {
    const [left, right] = [folder(), folder()];
    expect(slotFinding(await examineSlots(right, {}))).toBeNull();
    const [leader, follower] = [await loadScreenKey(left), await loadScreenKey(right)];
    const slots = { cycleMs: 8_000, groups: [{ leader: { screenId: 'left', publicKey: leader.publicKey }, followers: [{ screenId: 'right', publicKey: follower.publicKey }] }] };
    for (const dir of [left, right]) writeFileSync(join(dir, 'programme.json'), JSON.stringify({ programme: JSON.stringify(programme([creative('a')], { slots })), signature: '' }));
    const network = { port: 24_921, leader: '127.0.0.1' };
    expect(slotFinding(await examineSlots(left, network))).toEqual({ what: 'Slots', state: 'ok', found: 'leads one other screen' });
    expect(slotFinding(await examineSlots(right, network))).toMatchObject({ state: 'warn', found: 'follows left, which does not answer' });
    const leading = await openLeader({ signer: leader.signer, followers: [pin(follower.publicKey)], clock: () => ({ wallMs: Date.now() + 60_000, monoMs: performance.now(), quality: 'synced' }), port: network.port });
    onTestFinished(() => leading.close());
    expect(slotFinding(await examineSlots(right, network))?.found).toMatch(/^follows left, whose clock is (59\.9|60\.0)\d\d s ahead of ours, ± \d+\.\d ms$/);
  });
});

/** A name server that knows no name and says so (NXDOMAIN, RFC 1035 section 4.1.1), or one that says nothing. */
async function nameServer(answers: boolean): Promise<string> {
  const socket = createSocket('udp4');
  socket.on('message', (question, { port, address }) => {
    if (!answers) return;
    const answer = Buffer.from(question);
    answer.writeUInt16BE(0x8183, 2);
    socket.send(answer, port, address);
  });
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  onTestFinished(() => void socket.close());
  return `127.0.0.1:${socket.address().port}`;
}

describe('the doctor, of the network', () => {
  const card = (address: string, internal = false) => ({ address, internal, netmask: '', family: 'IPv4' as const, mac: '', cidr: null });
  const HEAD = 'Iface\tDestination\tGateway\tFlags\tRefCnt\tUse\tMetric\tMask\tMTU\tWindow\tIRTT\n';
  const OWN_NETWORK = 'eth0\t0002A8C0\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0\n';
  const WAY_OUT = 'eth0\t00000000\t0102A8C0\t0003\t0\t0\t0\t00000000\t0\t0\t0\n';
  const UNREACHABLE_V6 = `${'0'.repeat(32)} 00 ${'0'.repeat(32)} 00 ${'0'.repeat(32)} ffffffff 00000001 00000000 00200200       lo\n`;
  const routes = (text: string): string => {
    const dir = folder();
    writeFileSync(join(dir, 'route'), HEAD + text);
    writeFileSync(join(dir, 'ipv6_route'), UNREACHABLE_V6);
    return dir;
  };
  const shop = { lo: [card('127.0.0.1', true)], eth0: [card('192.168.2.7')] };

  it('asks for an address, a way out and names, one after the other', async () => {
    const nameServers = [await nameServer(true)];
    expect(await checkNetwork({ interfaces: { lo: shop.lo, wlan0: [card('169.254.3.4')] }, routes: routes(''), nameServers })).toMatchObject({ state: 'warn', found: 'no address' });
    expect(await checkNetwork({ interfaces: shop, routes: routes(OWN_NETWORK), nameServers })).toMatchObject({ state: 'warn', found: 'eth0 192.168.2.7, but no way out of this network' });
    expect(await checkNetwork({ interfaces: shop, routes: routes(OWN_NETWORK + WAY_OUT), nameServers })).toEqual({ what: 'Network', state: 'ok', found: 'eth0 192.168.2.7; the name server answers' });
  });

  it('tells a name server that knows no such name from one that is silent', async () => {
    const silent = await nameServer(false);
    const finding = await checkNetwork({ interfaces: shop, routes: routes(WAY_OUT), nameServers: [silent] });
    expect(finding).toMatchObject({ state: 'warn', found: `eth0 192.168.2.7, but the name server ${silent} gives no answer (ETIMEOUT)` });
    findingSchema.parse(finding);
  }, 30_000);

  it('looks for Wi-Fi, and whether somebody switched it off', async () => {
    const sys = folder();
    const write = (path: string, text: string): void => {
      mkdirSync(join(sys, path, '..'), { recursive: true });
      writeFileSync(join(sys, path), `${text}\n`);
    };
    write('class/net/eth0/operstate', 'up');
    expect((await checkWifi(sys))?.found).toMatch(/^no adapter/);
    write('class/net/wlan0/operstate', 'down');
    write('class/net/wlan0/phy80211/name', 'phy0');
    expect(await checkWifi(sys)).toMatchObject({ state: 'ok', found: 'wlan0, in no network' });
    for (const [name, value] of [['type', 'wlan'], ['soft', '1'], ['hard', '0']] as const) write(`class/rfkill/rfkill0/${name}`, value);
    expect(await checkWifi(sys)).toMatchObject({ state: 'warn', fix: 'rfkill unblock wlan' });
    write('class/rfkill/rfkill0/hard', '1');
    expect(await checkWifi(sys)).toMatchObject({ state: 'warn', found: 'wlan0, switched off at the machine' });
    for (const [name, value] of [['soft', '0'], ['hard', '0']] as const) write(`class/rfkill/rfkill0/${name}`, value);
    write('class/net/wlan0/operstate', 'up');
    expect(await checkWifi(sys)).toEqual({ what: 'Wi-Fi', state: 'ok', found: 'wlan0, in a network' });
  });
});

describe('the doctor, of the panel', () => {
  const check = (means: unknown, path: string): ReturnType<typeof checkDisplayMeans> => {
    const dir = folder();
    writeFileSync(join(dir, 'display.json'), typeof means === 'string' ? means : JSON.stringify(means));
    return checkDisplayMeans(() => readDisplayMeans(dir), path);
  };

  it('looks for the programs that switch it, and runs none of them', async () => {
    const bin = folder();
    const ran = join(bin, 'ran');
    for (const name of ['cec-ctl', 'ddcutil']) writeFileSync(join(bin, name), `#!/bin/sh\ntouch '${ran}'\n`, { mode: 0o755 });
    expect(await check({ power: { kind: 'ddc' } }, folder())).toMatchObject({ state: 'fail', found: 'display.json names ddcutil, not to be found or not to be run', fix: 'Install the package ddcutil.' });
    expect(await check({ power: { kind: 'ddc' }, brightness: { kind: 'ddc' } }, `/nowhere:${bin}`)).toEqual({ what: 'Panel', state: 'ok', found: 'switched with ddcutil' });
    expect(await check({ power: { kind: 'cec', device: '/dev/cec97' } }, bin)).toMatchObject({ state: 'fail', found: '/dev/cec97 is not there, or not for this user' });
    expect(await check({ power: { kind: 'program', on: [join(bin, 'ddcutil')], off: ['/opt/shop/off', 'now'] } }, bin)).toMatchObject({ state: 'fail', found: expect.stringContaining('/opt/shop/off') as unknown });
    expect(() => statSync(ran)).toThrow('ENOENT');
  });

  it('says nothing of a panel that is left alone, and finds hours that nobody can keep', async () => {
    expect(await checkDisplayMeans(() => readDisplayMeans(folder()), '')).toBeNull();
    expect(await check({ hours: [{ days: ['mon'], on: '08:00', off: '20:00' }] }, '')).toMatchObject({ state: 'fail', found: expect.stringContaining('hours') as unknown });
    expect(await check('{', '')).toMatchObject({ state: 'fail', found: expect.stringContaining('display.json cannot be read') as unknown });
  });
});
