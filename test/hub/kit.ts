import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EnrolResponse, signedRequestText, type UploadRequest } from '../../src/contract/index.ts';
import { consistencyPath, formatCheckpoint, growTree, hashesOf, originOf, type ReadTile, signNote } from '../../src/impressions/index.ts';
import { type Hub, type HubOptions, openHub } from '../../src/hub/index.ts';
import type { Batch } from './batch.ts';

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
  /** Leaf hashes of its logs, by epoch. */
  readonly logs: Map<string, Buffer[]>;
}

export function rawKey(key: KeyObject): string {
  return key.export({ format: 'der', type: 'spki' }).subarray(12).toString('base64');
}

export async function enrolScreen({ hub }: TestHub, name = 'Entrance'): Promise<Screen> {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const { code } = await hub.createPairingCode();
  const response = await postJson(hub, '/v1/enrol', { code, name, publicKey: rawKey(publicKey) });
  const answer = (await response.json()) as EnrolResponse;
  return { id: answer.screenId, hubPublicKey: answer.hubPublicKey, privateKey, publicKey: rawKey(publicKey), logs: new Map() };
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

/** The screen has these rows in its log from now on; a later batch may be sent before them. */
export function remember(screen: Screen, { epoch, rows }: Batch): Buffer[] {
  const hashes = screen.logs.get(epoch) ?? [];
  screen.logs.set(epoch, hashes);
  for (const { seq, hash } of rows) hashes[seq] = Buffer.from(hash, 'hex');
  return hashes;
}

/** Signs for a batch as the screen does: a checkpoint at its end, and the proof that it follows from where it begins. */
export function signedUpload(screen: Screen, batch: Batch, change: Partial<UploadRequest> = {}): UploadRequest {
  const hashes = remember(screen, batch);
  const size = batch.from + batch.rows.length;
  const tree = growTree();
  const levels: Buffer[][] = [];
  for (let seq = 0; seq < size; seq += 1) {
    // Rows before a gap were never made.
    tree.append(hashes[seq] ?? Buffer.alloc(32), 0, ({ level, hash }) => {
      if (level % 8 === 0) (levels[level / 8] ??= []).push(hash);
    });
  }
  const readTile: ReadTile = ({ level, index, width }) => (levels[level] ?? []).slice(index * 256, index * 256 + width);
  const proof = batch.from === 0 || batch.from === size ? [] : hashesOf(consistencyPath(batch.from, size), readTile).map((hash) => hash.toString('base64'));
  const origin = originOf(screen.id, batch.epoch);
  const signer = { publicKey: Buffer.from(screen.publicKey, 'base64'), sign: (message: Uint8Array) => sign(null, message, screen.privateKey) };
  return { ...batch, checkpoint: signNote(formatCheckpoint({ origin, size, root: tree.root() }), origin, signer), proof, ...change };
}

export function upload(test: TestHub, screen: Screen, batch: Batch, change: Partial<UploadRequest> = {}): Promise<Response> {
  return asScreen(test, screen, 'POST', `/v1/screens/${screen.id}/impressions`, signedUpload(screen, batch, change));
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
