import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Hono } from 'hono';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { calibrationSettingsSchema, problemSchema } from '../../src/contract/index.ts';
import { calibrationRoutes } from '../../src/player/index.ts';
import { ABOVE_PANEL, calibrationOf } from '../audience/space/cameras.ts';

const FLOOR = calibrationOf(ABOVE_PANEL);
const projectDir = fileURLToPath(new URL('../../', import.meta.url));
let dir: string;
let app: { request: Hono['request'] };

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'litfass-calibration-'));
  app = new Hono().route('/calibration', calibrationRoutes({ dataDir: dir, projectDir, source: { kind: 'camera', label: 'Webcam' } }));
});
afterEach(() => rm(dir, { recursive: true }));

const ask = (path: string, init?: RequestInit): Promise<Response> => Promise.resolve(app.request(`/calibration/${path}`, init));
const put = (body: unknown): Promise<Response> => ask('calibration.json', { method: 'PUT', body: typeof body === 'string' ? body : JSON.stringify(body), headers: { 'content-type': 'application/json' } });
const problem = async (response: Response) => ({ status: response.status, ...problemSchema.parse(await response.json()) });

describe('the calibration page’s site', () => {
  it('says which picture to draw in, and lets the page reach nothing else', async () => {
    const response = await ask('settings');
    expect(calibrationSettingsSchema.parse(await response.json())).toEqual({ source: { kind: 'camera', label: 'Webcam' } });
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(response.headers.get('content-security-policy')).toContain("connect-src 'self'");
  });

  it('keeps a calibration and gives it back for editing', async () => {
    expect((await ask('calibration.json')).status).toBe(204);
    expect((await put(FLOOR)).status).toBe(204);
    expect(await (await ask('calibration.json')).json()).toEqual(FLOOR);
    expect(JSON.parse(await readFile(join(dir, 'calibration.json'), 'utf8'))).toEqual(FLOOR);
  });

  it.each([
    ['a picture', 'data:image/jpeg;base64,/9j/4AAQ', 400, 'calibration-invalid'],
    ['one more field', { ...FLOOR, snapshot: 'iVBORw0KGgo' }, 400, 'calibration-invalid'],
    ['a camera that cannot be', { ...FLOOR, widthM: 40, depthM: 0.1 }, 422, 'calibration-inconsistent'],
    ['more than a calibration can be', { ...FLOOR, shelves: 'x'.repeat(70_000) }, 413, 'calibration-too-large'],
  ])('takes numbers only: %s is refused, and what was there stays', async (_what, body, status, code) => {
    await put(FLOOR);
    expect(await problem(await put(body))).toMatchObject({ status, code });
    expect(await (await ask('calibration.json')).json()).toEqual(FLOOR);
  });

  it('says what is wrong with a file that somebody broke', async () => {
    await writeFile(join(dir, 'calibration.json'), 'oops');
    expect(await problem(await ask('calibration.json'))).toMatchObject({ status: 409, code: 'calibration-unreadable', message: expect.stringContaining('is no JSON') as string });
  });

  it('has no other file to give away', async () => {
    for (const path of ['clip', 'demographics.json', 'assets/..%2Findex.html', 'player.db']) expect((await ask(path)).status).toBe(404);
  });
});
