import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createAdaptorServer } from '@hono/node-server';
import { Hono } from 'hono';
import type { Page } from 'playwright-core';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { buildPage } from '../../build/pages.ts';
import { placeCamera, summarise } from '../../src/audience/index.ts';
import { calibrationSchema, type Calibration } from '../../src/contract/index.ts';
import { calibrationRoutes } from '../../src/player/index.ts';
import { openPage } from '../../src/shells/index.ts';
import { calibrationOf, photograph, rectangle, type KnownCamera } from '../audience/space/cameras.ts';
import { testBrowser } from './browser.ts';

const projectDir = fileURLToPath(new URL('../../', import.meta.url));
/** The shop's camera, exactly known: what the installer finds is held against it. */
const TRUTH: KnownCamera = { heightM: 2.3, tiltDeg: 21, focal: 0.82, aspect: 16 / 9 };
const WIDTH_M = 2.4;
const DEPTH_M = 1.8;
const NEAR_M = 2.2;
const MARKS = rectangle(WIDTH_M, DEPTH_M, NEAR_M).map((spot) => photograph(TRUTH, spot));
const CORNERS = ['Near left corner', 'Near right corner', 'Far right corner', 'Far left corner'];

let dir: string;
let server: Server;
let bodies: string[];
let asked: string[];
let problems: string[];
let page: Page;
let close: (() => Promise<void>) | null;

beforeAll(() => buildPage('calibration'));

beforeEach(async () => {
  [bodies, asked, problems, close] = [[], [], [], null];
  dir = await mkdtemp(join(tmpdir(), 'litfass-calibration-page-'));
  const app = new Hono();
  app.use(async (context, next) => {
    asked.push(`${context.req.method} ${context.req.path}`);
    if (context.req.method !== 'GET') bodies.push(await context.req.raw.clone().text());
    await next();
  });
  app.route('/calibration', calibrationRoutes({ dataDir: dir, projectDir, source: { kind: 'camera' } }));
  server = createAdaptorServer({ fetch: app.fetch }) as Server;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});

afterEach(async () => {
  await close?.();
  server.close();
  server.closeAllConnections();
  await rm(dir, { recursive: true });
});

async function open(): Promise<void> {
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/calibration/`;
  const opened = await openPage({ browser: await testBrowser(), url, window: 'headless', camera: true, extraArgs: await floorAsCamera(), onProblem: (what, message) => problems.push(`${what}: ${message}`) });
  close = () => opened.close();
  page = opened.page;
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
  await page.locator('video').evaluate((video: HTMLVideoElement) => new Promise<void>((resolve) => (video.readyState >= 2 ? resolve() : video.addEventListener('loadeddata', () => resolve()))));
}

/** A camera that shows the rectangle on the floor: black tape on grey. */
async function floorAsCamera(): Promise<readonly string[]> {
  const drawn = await openPage({ browser: await testBrowser(), url: 'about:blank', window: 'headless', onProblem: () => undefined });
  try {
    const bytes = await drawn.page.evaluate(async (marks) => {
      const canvas = new OffscreenCanvas(1280, 720);
      const context = canvas.getContext('2d');
      if (context === null) throw new Error('no canvas');
      context.fillStyle = '#8a8f94';
      context.fillRect(0, 0, 1280, 720);
      context.lineWidth = 4;
      context.beginPath();
      for (const { x, y } of marks) context.lineTo(x * 1280, y * 720);
      context.closePath();
      context.stroke();
      return [...new Uint8Array(await (await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.95 })).arrayBuffer())];
    }, MARKS);
    const file = join(dir, 'floor.mjpeg');
    await writeFile(file, Buffer.concat(Array.from({ length: 10 }, () => Buffer.from(bytes))));
    return ['--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${file}`];
  } finally {
    await drawn.close();
  }
}

/** Drags the middle of a point's handle to a place in the picture. */
async function drag(label: string, to: { x: number; y: number }): Promise<void> {
  const picture = (await page.locator('#drawing').boundingBox())!;
  const handle = (await page.getByLabel(label, { exact: true }).locator('.handle-ring').boundingBox())!;
  await page.mouse.move(handle.x + handle.width / 2, handle.y + handle.height / 2);
  await page.mouse.down();
  await page.mouse.move(picture.x + to.x * picture.width, picture.y + to.y * picture.height, { steps: 4 });
  await page.mouse.up();
}

async function layOut(): Promise<void> {
  for (const [index, label] of CORNERS.entries()) await drag(label, MARKS[index]!);
  await page.getByLabel('Near edge').fill(String(WIDTH_M));
  // As a German keyboard has it.
  await page.getByLabel('Left edge').fill(String(DEPTH_M).replace('.', ','));
}

const saved = async (): Promise<Calibration> => calibrationSchema.parse(JSON.parse(await readFile(join(dir, 'calibration.json'), 'utf8')));
const derived = async (name: string): Promise<number> => Number.parseFloat((await page.locator(`#derived-${name}`).textContent()) ?? '');

describe('an installer at the calibration page', () => {
  it('drags the corners onto the floor, types two lengths and a shelf’s name, and finds the camera where it is', async () => {
    await open();
    await layOut();
    // A mouse moves by whole pixels; the picture here is about 860 of them wide.
    expect(Math.abs((await derived('height')) - TRUTH.heightM)).toBeLessThan(0.06);
    expect(Math.abs((await derived('tilt')) - TRUTH.tiltDeg)).toBeLessThan(1);
    expect(Math.abs((await derived('near')) - NEAR_M)).toBeLessThan(0.08);
    expect(await page.locator('.grid polyline').count()).toBeGreaterThan(10);
    expect(await page.locator('.sector polyline').count()).toBeGreaterThan(2);

    await page.getByRole('button', { name: 'Draw a shelf' }).click();
    await page.getByLabel('Name of shelf shelf-1').fill('Bread');
    await drag('Bread, foot', { x: 0.2, y: 0.7 });
    await page.locator('[name="exposure.furthestM"]').fill('4.5');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText(/^Saved\./).waitFor();

    const calibration = await saved();
    expect(calibration).toMatchObject({ widthM: WIDTH_M, depthM: DEPTH_M, exposure: { furthestM: 4.5 }, shelves: [{ id: 'shelf-1', name: 'Bread' }] });
    expect(calibration.aspect).toBeCloseTo(16 / 9, 3);
    for (const [index, corner] of calibration.quadrilateral.entries()) expect(Math.hypot(corner.x - MARKS[index]!.x, corner.y - MARKS[index]!.y)).toBeLessThan(0.004);
    const found = summarise(placeCamera(calibration));
    expect(Math.abs(found.heightM - TRUTH.heightM)).toBeLessThan(0.06);
    expect(Math.abs(found.tiltDeg - TRUTH.tiltDeg)).toBeLessThan(1);

    // Numbers went out, and only to its own site.
    expect(asked.filter((line) => !line.startsWith('GET'))).toEqual(['PUT /calibration/calibration.json']);
    expect(bodies.every((body) => calibrationSchema.safeParse(JSON.parse(body)).success)).toBe(true);
    expect(problems).toEqual([]);
  });

  it('works without a mouse: Tab reaches the corners, arrows move them', async () => {
    await open();
    await page.getByLabel('Near left corner').focus();
    const before = (await page.getByLabel('Near left corner').boundingBox())!;
    for (let press = 0; press < 5; press++) await page.keyboard.press('Shift+ArrowLeft');
    const after = (await page.getByLabel('Near left corner').boundingBox())!;
    const picture = (await page.locator('#drawing').boundingBox())!;
    expect(before.x - after.x).toBeCloseTo(0.05 * picture.width, 0);
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('Near right corner');
  });

  it('is told beside it what cannot be, and cannot save it', async () => {
    await open();
    await layOut();
    await page.getByLabel('Near edge').fill('0.2');
    expect(await page.locator('#error-lengths').textContent()).toMatch(/measure both lengths again/);
    expect(await page.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true);
    await page.getByLabel('Near edge').fill('wide');
    expect(await page.locator('#error-lengths').textContent()).toMatch(/^Near edge: /);
    await page.getByLabel('Near edge').fill(String(WIDTH_M));
    expect(await page.locator('#error-lengths').textContent()).toBe('');
    await page.locator('[name="exposure.nearestM"]').fill('9');
    expect(await page.locator('#error-exposure').textContent()).toMatch(/nearestM must be less than furthestM/);
    await page.locator('[name="exposure.nearestM"]').fill('0.5');
    await drag('Far left corner', { x: 0.8, y: 0.95 });
    expect(await page.locator('#error-corners').textContent()).not.toBe('');
    expect(asked.some((line) => line.startsWith('PUT'))).toBe(false);
  });

  it('finds what was saved before, and goes on from there', async () => {
    const before = calibrationOf(TRUTH, { widthM: WIDTH_M, depthM: DEPTH_M, nearM: NEAR_M }, { shelves: [{ id: 'bread', name: 'Bread', corners: [{ x: 0.1, y: 0.2 }, { x: 0.2, y: 0.2 }, { x: 0.2, y: 0.6 }], foot: { x: 0.15, y: 0.75 } }] });
    await writeFile(join(dir, 'calibration.json'), JSON.stringify(before));
    await open();
    expect(await derived('height')).toBe(TRUTH.heightM);
    await page.getByLabel('Name of shelf bread').fill('Rolls');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText(/^Saved\./).waitFor();
    expect(await saved()).toEqual({ ...before, aspect: 1280 / 720, shelves: [{ ...before.shelves[0], name: 'Rolls' }] });
  });

  it('is told that the saved file is broken, and may replace it', async () => {
    await writeFile(join(dir, 'calibration.json'), '{"v":1}');
    await open();
    expect(await page.locator('#state').textContent()).toMatch(/calibration\.json does not fit its schema.*Saving replaces it/);
  });
});
