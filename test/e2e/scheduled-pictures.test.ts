import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ProgrammeSource } from '../../src/contract/index.ts';
import { openPage } from '../../src/shells/index.ts';
import { testBrowser } from './browser.ts';
import { filesUnder, piecesOf } from './search-for-people.ts';
import { until } from './stage-rig.ts';
import { openStore, type Store } from './store-rig.ts';

/** Nothing that a camera with faces before it could show. */
const COLOUR = [20, 160, 90] as const;
const DAY_MS = 86_400_000;

async function programmeOfOneColour(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'litfass-colour-'));
  await writeFile(join(dir, 'colour.svg'), `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 9" preserveAspectRatio="none" width="1280" height="720"><rect width="16" height="9" fill="rgb(${COLOUR.join(',')})"/></svg>`);
  const permit = { purpose: 'test', legalBasis: 'test', notice: 'on the screen', retention: 'none', untilMs: Date.now() + DAY_MS };
  const source: ProgrammeSource = {
    name: 'One colour',
    creatives: [{ id: 'colour', name: 'Colour', campaign: 'Test', kind: 'image', file: 'colour.svg', durationMs: 10_000, tier: 'house', weight: 1, criteria: [], notice: true, atLeastEveryMs: 10_000 }],
    pictures: { everyMs: 60_000 },
    selection: { enterMs: 500, leaveMs: 500, minimumHoldMs: 500 },
    policy: { camera: permit, statistics: { windowMs: 30_000, epsilonNumerator: 1, epsilonDenominator: 1 } },
  };
  await writeFile(join(dir, 'programme.json'), JSON.stringify(source));
  return dir;
}

describe('of a screen with people before its camera, the picture that it sends', () => {
  let store: Store;
  let programmeDir: string;
  let picture: Buffer;
  let faces = 0;

  beforeAll(async () => {
    programmeDir = await programmeOfOneColour();
    store = await openStore({
      people: 3,
      programmeDir,
      ports: { hub: 18_580, stage: 18_590 },
      between: (player) => ({
        ...player,
        async fetch(request, as) {
          if (request.url.endsWith('/observations')) faces += ((await request.clone().text()).match(/"face/g) ?? []).length;
          return player.fetch(request, as);
        },
      }),
    });
    const entered = await fetch(`${store.hubUrl}/?key=${store.hub.accessKey}`, { redirect: 'manual' });
    const headers = { cookie: entered.headers.get('set-cookie')?.split(';')[0] ?? '' };
    const [{ id }] = ((await (await fetch(`${store.hubUrl}/api/screens`, { headers })).json()) as { screens: [{ id: string }] }).screens;
    const latest = async (): Promise<Response> => fetch(`${store.hubUrl}/api/screens/${id}/picture`, { headers });
    let answer = await latest();
    for (const startMs = performance.now(); answer.status !== 200 && performance.now() - startMs < 100_000; answer = await latest()) await new Promise((resolve) => setTimeout(resolve, 500));
    picture = Buffer.from(await answer.arrayBuffer());
    await until('faces are seen', () => faces > 0);
  }, 180_000);

  afterAll(async () => {
    await store.close();
    await rm(programmeDir, { recursive: true });
  });

  it('is of the stage: nothing but the colour that is on it', async () => {
    expect(faces).toBeGreaterThan(0);
    const { share, width } = await lookAt(picture);
    expect(width).toBeGreaterThan(300);
    expect(share).toBeGreaterThan(0.99);
  });

  it('stands on the screen too, and no picture of the camera does', async () => {
    const camera = await readFile(join(store.cameraDir, 'faces.mjpeg'));
    const files = await filesUnder(join(store.dir, 'screen'));
    const kept = [...files.keys()].filter((file) => file.startsWith('pictures/'));
    expect(kept.length).toBeGreaterThan(0);
    expect(files.get(kept[0]!)?.equals(picture)).toBe(true);
    expect([...files].flatMap(([file, bytes]) => piecesOf(camera, bytes, file))).toEqual([]);
  });
});

/** @returns the share of pixels that have the colour of the stage, near enough for JPEG */
async function lookAt(jpeg: Buffer): Promise<{ share: number; width: number }> {
  const opened = await openPage({ browser: await testBrowser(), url: 'about:blank', window: 'headless', onProblem: () => undefined });
  try {
    return await opened.page.evaluate(
      async ([base64, colour]) => {
        const source = await createImageBitmap(await (await fetch(`data:image/jpeg;base64,${base64}`)).blob());
        const context = new OffscreenCanvas(source.width, source.height).getContext('2d');
        if (context === null) throw new Error('no canvas');
        context.drawImage(source, 0, 0);
        const { data } = context.getImageData(0, 0, source.width, source.height);
        let near = 0;
        for (let at = 0; at < data.length; at += 4) if (colour.every((value, channel) => Math.abs((data[at + channel] ?? 0) - value) < 12)) near += 1;
        return { share: near / (data.length / 4), width: source.width };
      },
      [jpeg.toString('base64'), [...COLOUR]] as const,
    );
  } finally {
    await opened.close();
  }
}
