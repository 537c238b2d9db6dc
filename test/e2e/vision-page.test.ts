import { once } from 'node:events';
import { mkdtemp, writeFile } from 'node:fs/promises';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createAdaptorServer } from '@hono/node-server';
import { Hono } from 'hono';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { buildPage } from '../../build/pages.ts';
import { runVisionClip } from '../../src/cli/vision.ts';
import type { FrameObservation, VisionReport, VisionSettings } from '../../src/contract/index.ts';
import { visionAssets, visionRoutes } from '../../src/player/index.ts';
import { openPage } from '../../src/shells/index.ts';
import { facesAsCamera, testBrowser } from './browser.ts';

const project = fileURLToPath(new URL('../../', import.meta.url));
const CAMERA: VisionSettings = { source: { kind: 'camera' }, demographics: true, expression: false, skeletons: false, calibrated: false, framesPerSecond: 8, bodyEveryMs: 1000, demographicsBudgetMs: 400, backend: 'auto' };

let settings: VisionSettings | null;
let reports: VisionReport[];
let asked: string[];
let bodies: string[];
let server: Server;
let page: Awaited<ReturnType<typeof openPage>> | null;
let folder: string;

beforeAll(() => buildPage('vision'));

beforeEach(async () => {
  [settings, reports, asked, bodies, page] = [CAMERA, [], [], [], null];
  folder = await mkdtemp(join(tmpdir(), 'litfass-vision-page-'));
  const app = new Hono();
  app.use(async (context, next) => {
    asked.push(context.req.path);
    if (context.req.method === 'POST') bodies.push(await context.req.raw.clone().text());
    await next();
  });
  app.route('/vision', visionRoutes({ ...visionAssets(project), settings: () => settings, clipFile: join(folder, 'clip.mp4'), onReport: (report) => reports.push(report) }));
  server = createAdaptorServer({ fetch: app.fetch }) as Server;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});

afterEach(async () => {
  await page?.close();
  server.close();
  server.closeAllConnections();
});

async function open(extraArgs: readonly string[]): Promise<void> {
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/vision/`;
  page = await openPage({ browser: await testBrowser(), url, window: 'headless', camera: true, extraArgs, onProblem: (what, message) => reports.push({ observations: [{ kind: 'sensor', atMs: 0, state: 'blind', message: `${what}: ${message}` }], frames: 0, elapsedMs: 0, backend: '', done: false }) });
}

const frames = (): FrameObservation[] => reports.flatMap((report) => report.observations).filter((observation) => observation.kind === 'frame');
const messages = (): string[] => reports.flatMap((report) => report.observations).flatMap((observation) => (observation.kind === 'sensor' ? [observation.message] : []));
const state = async (): Promise<string> => (await page?.page.textContent('#state')) ?? '';
const tensors = async (): Promise<number> => Number(/(\d+) tensors/.exec(await state())?.[1]);

async function until(holds: () => boolean, what: string, limitMs = 60_000): Promise<void> {
  const startedMs = performance.now();
  while (!holds()) {
    if (performance.now() - startedMs > limitMs) throw new Error(`not within ${limitMs / 1000} s: ${what}; messages: ${messages().join(' | ')}; page: ${await state()}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

describe('the vision page with a camera that shows three faces', () => {
  it('reports three faces, where they look and of what group they may be, leaks nothing, and stops when told', async () => {
    await open(await facesAsCamera(folder, 3));
    await until(() => frames().filter((frame) => frame.faces.length === 3).length >= 10, 'ten pictures with three faces');
    const tensorsBefore = await tensors();
    await until(() => frames().length >= 40, 'forty pictures');
    expect(await tensors()).toBe(tensorsBefore);

    const seen = frames().slice(5);
    expect(seen.filter((frame) => frame.faces.length === 3).length / seen.length).toBeGreaterThan(0.9);
    expect(seen.flatMap((frame) => frame.faces).every((face) => Math.abs(face.yawDeg ?? 0) < 45 && Math.abs(face.pitchDeg ?? 0) < 45)).toBe(true);
    expect(seen.some((frame) => frame.bodies !== null)).toBe(true);
    expect(seen.some((frame) => frame.bodies === null)).toBe(true);
    const times = frames().map((frame) => frame.atMs);
    expect(times.every((time, index) => index === 0 || time > times[index - 1]!)).toBe(true);

    const sampled = seen.flatMap((frame) => frame.faces.filter((face) => face.demographics).map((face) => Math.round(face.box.x * 10)));
    expect(new Set(sampled).size).toBeGreaterThanOrEqual(3);
    expect(seen.every((frame) => frame.faces.filter((face) => face.demographics).length <= 1)).toBe(true);
    for (const face of seen.flatMap((frame) => frame.faces)) if (face.demographics) expect(face.demographics.ageBands.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 2);

    // Nothing that looks like a picture has left: no JPEG or PNG head, raw or in base64.
    expect(bodies.some((body) => /\xff\xd8\xff|\x89PNG|\/9j\/|iVBORw0KGgo|data:image/.test(body))).toBe(false);

    settings = null;
    await new Promise((resolve) => setTimeout(resolve, 4_500));
    const stopped = frames().length;
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(frames().length).toBe(stopped);
  });

  it('does not even load the age and gender net without permission', async () => {
    settings = { ...CAMERA, demographics: false };
    await open(await facesAsCamera(folder, 1));
    await until(() => frames().length >= 5, 'five pictures');
    expect(frames().some((frame) => frame.faces.some((face) => face.demographics))).toBe(false);
    expect(asked.some((path) => path.includes('faceres'))).toBe(false);
    expect(asked.filter((path) => path.endsWith('.bin')).map((path) => path.split('/').at(-1)).sort()).toEqual(['blazeface.bin', 'centernet.bin', 'facemesh.bin']);
  });
});

describe('the vision page without anything to see', () => {
  it('says that there is no camera, and what to do', async () => {
    await open([]);
    await until(() => messages().length > 0, 'a word about the camera');
    expect(messages()[0]).toMatch(/^camera-(absent|refused): .*(plug|allow)/);
    expect(frames()).toEqual([]);
  });

  it('says that a clip is no video', async () => {
    await writeFile(join(folder, 'clip.mp4'), 'no video at all');
    settings = { ...CAMERA, source: { kind: 'clip', url: 'clip', mode: 'loop' } };
    await open([]);
    await until(() => messages().length > 0, 'a word about the clip');
    expect(messages()[0]).toMatch(/^clip-unreadable: .*convert it/);
  });
});

describe('a clip on the command line', () => {
  it.each([
    ['that is not there', null, 'clip-missing'],
    ['that is no video', 'no video at all', 'clip-unreadable'],
  ])('%s ends with one line that says so', async (_what, content, code) => {
    const clip = join(folder, 'some.mp4');
    if (content !== null) await writeFile(clip, content);
    const browser = await testBrowser();
    const run = runVisionClip({ clip, projectDir: project, openPage: (url, onProblem) => openPage({ browser, url, window: 'headless', onProblem: (_kind, message) => onProblem(message) }) });
    await expect(run).rejects.toMatchObject({ code, message: expect.stringContaining(clip) as string });
  });
});
