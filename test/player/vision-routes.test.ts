import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Hono } from 'hono';
import { beforeEach, describe, expect, it } from 'vitest';
import type { VisionReport, VisionSettings } from '../../src/contract/index.ts';
import { visionAssets, visionRoutes } from '../../src/player/index.ts';

const project = fileURLToPath(new URL('../../', import.meta.url));
const CAMERA: VisionSettings = { source: { kind: 'camera' }, demographics: false, expression: false, skeletons: false, calibrated: false, framesPerSecond: 8, bodyEveryMs: 1000, demographicsBudgetMs: 250, backend: 'auto' };
const FACE = { box: { x: 0.1, y: 0.1, width: 0.1, height: 0.2 }, score: 0.9, yawDeg: 1, pitchDeg: 2 };
const FRAME = { kind: 'frame', atMs: 1, widthPx: 640, heightPx: 360, faces: [FACE], bodies: null };

let settings: VisionSettings | null = CAMERA;
let reports: VisionReport[] = [];
let app: Hono;

beforeEach(async () => {
  settings = CAMERA;
  reports = [];
  const folder = await mkdtemp(join(tmpdir(), 'litfass-vision-'));
  await writeFile(join(folder, 'index.html'), '<!doctype html>');
  await writeFile(join(folder, 'clip.mp4'), '0123456789');
  await writeFile(join(folder, 'secret.js'), 'secret');
  app = new Hono();
  app.route('/vision', visionRoutes({ ...visionAssets(project), pagesDir: folder, clipFile: join(folder, 'clip.mp4'), settings: () => settings, onReport: (report) => reports.push(report) }));
});

function post(body: unknown): Response | Promise<Response> {
  return app.request('/vision/observations', { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body), headers: { 'content-type': 'application/json' } });
}

function reportOf(...observations: unknown[]): unknown {
  return { observations, frames: 1, elapsedMs: 10, backend: 'wasm', done: false };
}

describe('the vision site', () => {
  it('serves its page under the folder that its relative addresses need', async () => {
    const page = await app.request('/vision/');
    expect(page.status).toBe(200);
    expect(page.headers.get('content-type')).toContain('text/html');
    expect((await app.request('/vision')).headers.get('location')).toBe('/vision/');
  });

  it('isolates its page and lets it reach nothing else', async () => {
    for (const path of ['/vision/', '/vision/models/blazeface.json', '/vision/nothing']) {
      const { headers } = await app.request(path);
      expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
      expect(headers.get('cross-origin-embedder-policy')).toBe('require-corp');
      expect(headers.get('content-security-policy')).toMatch(/default-src 'self'.*connect-src 'self'/);
      expect(headers.get('content-security-policy')).not.toContain("'unsafe-eval'");
    }
  });

  it('serves the nets and WebAssembly from their packages, with their types', async () => {
    expect((await app.request('/vision/models/facemesh.json')).headers.get('content-type')).toBe('application/json');
    expect((await app.request('/vision/models/centernet.bin')).headers.get('content-type')).toBe('application/octet-stream');
    expect((await app.request('/vision/wasm/tfjs-backend-wasm-threaded-simd.wasm')).headers.get('content-type')).toBe('application/wasm');
  });

  it('serves nothing else, however it is asked for', async () => {
    for (const path of ['models/iris.json', 'models/antispoof.bin', 'models/..%2Fpackage.json', 'models/%2e%2e/package.json', 'wasm/index.js', 'assets/..%2Fsecret.js', 'assets/%2e%2e%2fsecret.js', 'assets/.js', 'secret.js', 'assets/'])
      expect((await app.request(`/vision/${path}`)).status, path).toBe(404);
  });

  it('gives a clip by ranges, so that a long one need not be held in memory', async () => {
    const part = await app.request('/vision/clip', { headers: { range: 'bytes=2-4' } });
    expect([part.status, part.headers.get('content-range'), await part.text()]).toEqual([206, 'bytes 2-4/10', '234']);
    expect((await app.request('/vision/clip', { headers: { range: 'bytes=20-' } })).status).toBe(416);
    expect(await (await app.request('/vision/clip')).text()).toBe('0123456789');
  });
});

describe('permission', () => {
  it('is asked for at every request: the settings are empty as soon as sensing is withdrawn', async () => {
    expect(await (await app.request('/vision/settings')).json()).toEqual(CAMERA);
    settings = null;
    expect((await app.request('/vision/settings')).status).toBe(204);
    expect((await post(reportOf(FRAME))).status).toBe(403);
    expect(reports).toEqual([]);
  });

  it('is needed for the age and gender net, which is not even served without it', async () => {
    expect((await app.request('/vision/models/faceres.bin')).status).toBe(403);
    settings = { ...CAMERA, demographics: true };
    expect((await app.request('/vision/models/faceres.bin')).status).toBe(200);
  });

  it('is needed for what that net says', async () => {
    const told = reportOf({ ...FRAME, faces: [{ ...FACE, demographics: { ageBands: [0, 0, 1, 0, 0, 0, 0], female: 0.5 } }] });
    expect(await (await post(told)).json()).toMatchObject({ code: 'demographics-not-permitted' });
    settings = { ...CAMERA, demographics: true };
    expect((await post(told)).status).toBe(204);
  });

  const joints = Array.from({ length: 18 }, () => ({ x: 0.5, y: 0.5, score: 0.5 }));
  it.each([
    ['expression', 'emotion.json', { ...FRAME, faces: [{ ...FACE, smile: 0.5 }] }],
    ['skeletons', 'movenet-lightning.bin', { ...FRAME, bodies: [{ box: FACE.box, score: 0.5, joints }] }],
    ['skeletons', 'movenet-lightning.json', { ...FRAME, poses: [{ box: FACE.box, score: 0.5, joints }] }],
  ] as const)('is needed for %s: for the net %s and for what it says', async (permit, model, frame) => {
    expect((await app.request(`/vision/models/${model}`)).status).toBe(403);
    expect(await (await post(reportOf(frame))).json()).toMatchObject({ code: `${permit}-not-permitted` });
    settings = { ...CAMERA, [permit]: true };
    expect((await app.request(`/vision/models/${model}`)).status).toBe(200);
    expect((await post(reportOf(frame))).status).toBe(204);
  });
});

describe('reports', () => {
  it('are passed on when they hold what the schema lists', async () => {
    expect((await post(reportOf(FRAME))).status).toBe(204);
    expect(reports).toMatchObject([{ observations: [{ kind: 'frame', faces: [FACE] }] }]);
  });

  it.each([
    ['an embedding', reportOf({ ...FRAME, faces: [{ ...FACE, embedding: [0.1, 0.2] }] })],
    ['a mesh', reportOf({ ...FRAME, faces: [{ ...FACE, mesh: [[1, 2, 3]] }] })],
    ['a picture', reportOf({ ...FRAME, image: 'data:image/jpeg;base64,/9j/4AAQ' })],
    ['a track number', reportOf({ ...FRAME, faces: [{ ...FACE, id: 7 }] })],
    ['a box that is no box', reportOf({ ...FRAME, faces: [{ ...FACE, box: { x: 0, y: 0, width: -1, height: 1 } }] })],
    ['no JSON', '{"observations":'],
    ['nothing', ''],
  ])('are refused with %s in them', async (_what, body) => {
    const response = await post(body);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ code: 'report-invalid' });
    expect(reports).toEqual([]);
  });

  it('are refused when they are larger than numbers can be', async () => {
    expect((await post('x'.repeat(300_000))).status).toBe(413);
  });
});
