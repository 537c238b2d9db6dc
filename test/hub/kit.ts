import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EnrolResponse, type Leaf, type LogRow, type Play, type Release, signedRequestText, type UploadRequest } from '../../src/contract/index.ts';
import { type Hub, type HubOptions, openHub } from '../../src/hub/index.ts';

/** Where `hub.fetch` believes to be. */
export const ORIGIN = 'http://127.0.0.1:8080';
export const START_MS = Date.UTC(2026, 4, 4, 10, 0, 0);

/** A real hub on a real folder; only its clock is ours. */
export interface TestHub {
  readonly hub: Hub;
  readonly dataDir: string;
  readonly clock: { nowMs: number };
  readonly notices: string[];
  /** Closes and opens again on the same folder. */
  reopen(): Promise<TestHub>;
  close(): Promise<void>;
}

export async function newFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'litfass-hub-'));
}

export async function openTestHub(overrides: Partial<HubOptions> = {}): Promise<TestHub> {
  const dataDir = overrides.dataDir ?? (await newFolder());
  const pagesDir = join(dataDir, 'pages');
  const clock = { nowMs: START_MS };
  const notices: string[] = [];
  const hub = await openHub({ dataDir, pagesDir, clock: () => clock.nowMs, notice: (line) => notices.push(line), ...overrides });
  return {
    hub,
    dataDir,
    clock,
    notices,
    async reopen() {
      await hub.close();
      return openTestHub({ ...overrides, dataDir });
    },
    async close() {
      await hub.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

export interface Screen {
  readonly id: string;
  readonly hubPublicKey: string;
  readonly privateKey: KeyObject;
  readonly publicKey: string;
}

export function rawKey(key: KeyObject): string {
  return key.export({ format: 'der', type: 'spki' }).subarray(12).toString('base64');
}

export async function enrolScreen({ hub }: TestHub, name = 'Entrance'): Promise<Screen> {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const { code } = await hub.createPairingCode();
  const response = await postJson(hub, '/v1/enrol', { code, name, publicKey: rawKey(publicKey) });
  const answer = (await response.json()) as EnrolResponse;
  return { id: answer.screenId, hubPublicKey: answer.hubPublicKey, privateKey, publicKey: rawKey(publicKey) };
}

export function postJson(hub: Hub, path: string, body: unknown): Promise<Response> {
  return hub.fetch(new Request(ORIGIN + path, { method: 'POST', body: JSON.stringify(body) }));
}

export interface SignOptions {
  readonly timeMs?: number;
  readonly headers?: Record<string, string>;
  /** Sent in place of the body that was signed. */
  readonly forgedBody?: string;
  readonly screenId?: string;
}

/** A request as a screen signs it. */
export function signedRequest(test: TestHub, screen: Screen, method: string, path: string, body?: unknown, options: SignOptions = {}): Request {
  const text = body === undefined ? '' : JSON.stringify(body);
  const timeMs = options.timeMs ?? test.clock.nowMs;
  const bodySha256 = createHash('sha256').update(text).digest('hex');
  const signature = sign(null, Buffer.from(signedRequestText({ method, pathAndQuery: path, timeMs, bodySha256 })), screen.privateKey).toString('base64');
  const authorization = `Litfass screen="${options.screenId ?? screen.id}", time="${String(timeMs)}", body="${bodySha256}", signature="${signature}"`;
  return new Request(ORIGIN + path, { method, headers: { ...options.headers, authorization }, ...(body === undefined ? {} : { body: options.forgedBody ?? text }) });
}

export function asScreen(test: TestHub, screen: Screen, method: string, path: string, body?: unknown, options: SignOptions = {}): Promise<Response> {
  return test.hub.fetch(signedRequest(test, screen, method, path, body, options));
}

/** A request of somebody who has the access key. */
export function asManager({ hub }: TestHub, path: string, init: RequestInit = {}): Promise<Response> {
  return hub.fetch(new Request(ORIGIN + path, { ...init, headers: { ...(init.headers as Record<string, string>), authorization: `Bearer ${hub.accessKey}` } }));
}

export async function problemOf(response: Response): Promise<{ status: number; code: string; message: string }> {
  const { code, message } = (await response.json()) as { code: string; message: string };
  return { status: response.status, code, message };
}

// ── Leaves

export const EPOCH = '018f4d2e-0000-7000-8000-000000000001';
const BOOT = '018f4d2e-0000-7000-8000-0000000000b0';

export function uuid(number: number): string {
  return `018f4d2e-0000-7000-8000-${number.toString(16).padStart(12, '0')}`;
}

export function play(screenId: string, number: number, changes: Partial<Play> = {}): Play {
  return {
    v: 1,
    type: 'play',
    screenId,
    bootId: BOOT,
    playId: uuid(number + 1000),
    wallMs: START_MS + number * 10_000,
    monoMs: number * 10_000,
    clock: 'synced',
    zoneOffsetMin: 120,
    creative: { id: 'espresso', name: 'Espresso', campaign: 'Spring', kind: 'image', sha256: 'a'.repeat(64) },
    decision: {
      decisionId: uuid(number + 2000),
      creativeId: 'espresso',
      reason: { kind: 'audience', tier: 'audience', criteria: [{ metric: 'present', condition: 'at-least', value: 2 }] },
      eligibleSha256: 'b'.repeat(64),
      propensityPpm: 500_000,
      programmeVersion: 1,
      seed: 7,
    },
    plannedMs: 10_000,
    durationMs: 10_000,
    presentedFrames: 600,
    endReason: 'ended',
    ...changes,
  };
}

export function release(screenId: string, windowStartMs: number, bucket: 'watched' | 'passed', value: number, changes: Partial<Release> = {}): Release {
  return {
    v: 1,
    type: 'release',
    screenId,
    bootId: BOOT,
    metric: 'visits',
    bucket,
    windowStartMs,
    windowMs: 60_000,
    value,
    mechanism: 'discrete-laplace',
    epsilonNumerator: 1,
    epsilonDenominator: 1,
    coveragePercent: 100,
    ...changes,
  };
}

export function rowOf(seq: number, leaf: Leaf | string): LogRow {
  const text = typeof leaf === 'string' ? leaf : JSON.stringify(leaf);
  return { seq, leaf: text, hash: createHash('sha256').update('\0').update(text).digest('hex') };
}

export function batch(from: number, leaves: readonly (Leaf | string)[], epoch = EPOCH): UploadRequest {
  return { epoch, from, rows: leaves.map((leaf, index) => rowOf(from + index, leaf)) };
}

export function upload(test: TestHub, screen: Screen, request: UploadRequest): Promise<Response> {
  return asScreen(test, screen, 'POST', `/v1/screens/${screen.id}/impressions`, request);
}

// ── Programmes

export const PICTURE = Buffer.from('\x89PNG not really a picture, but bytes are bytes');

export function source(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    name: 'Spring',
    creatives: [{ id: 'espresso', name: 'Espresso', campaign: 'Spring', kind: 'image', durationMs: 10_000, tier: 'house', weight: 1, criteria: [], file: 'espresso.png' }],
    selection: { enterMs: 1000, leaveMs: 2000, minimumHoldMs: 3000 },
    policy: { statistics: { windowMs: 60_000, epsilonNumerator: 1, epsilonDenominator: 1 } },
    ...changes,
  };
}

export async function programmeFolder(changes: Record<string, unknown> = {}): Promise<string> {
  const folder = await newFolder();
  await writeFile(join(folder, 'espresso.png'), PICTURE);
  await writeFile(join(folder, 'programme.json'), JSON.stringify(source(changes)));
  return folder;
}

export function sha256(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}

export function randomFile(bytes: number): Buffer {
  return randomBytes(bytes);
}

/** Reads lines of an NDJSON answer one by one. */
export function linesOf(response: Response): { next(): Promise<unknown>; close(): Promise<void> } {
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  return {
    async next() {
      while (!rest.includes('\n')) {
        const { done, value } = await reader.read();
        if (done) throw new Error('the stream ended');
        rest += value;
      }
      const [line = '', ...others] = rest.split('\n');
      rest = others.join('\n');
      return JSON.parse(line) as unknown;
    },
    close: () => reader.cancel(),
  };
}
