import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { findingSchema } from '../../src/contract/index.ts';
import { findingsOf } from '../../src/cli/doctor/browser.ts';
import { checkHub } from '../../src/cli/doctor/hub.ts';
import { checkClock, checkDataFolder, checkNode } from '../../src/cli/doctor/machine.ts';
import { slotFinding } from '../../src/cli/doctor/slots.ts';
import { examineSlots } from '../../src/player/index.ts';
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
