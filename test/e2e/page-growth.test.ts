import { expect, it, onTestFinished } from 'vitest';
import { openStageScreen } from '../chaos/stage-screen.ts';
import { until } from './stage-rig.ts';

const MB = 1_048_576;
const SLOTS_MS = 4_000;

/** Colours of the four creatives, of which every frame must show one or a mix of two: red, green, blue. */
function isPicture([red = 0, green = 0, blue = 0]: readonly number[]): boolean {
  return Math.max(red, green, blue) > 90 && Math.min(red, green, blue) > 40;
}

it('replaces a page that grows between two creatives: no frame is missing, and no play ends with it', async () => {
  const said: string[] = [];
  const screen = await openStageScreen({ durationMs: () => SLOTS_MS, port: 18_600, say: (line) => said.push(line), mostBytes: 500 * MB, measureEveryMs: 1_000 });
  onTestFinished(() => screen.close());
  const { player, stage } = screen;
  await until('two creatives were shown', () => player.stagePulse().begun && (stage.upMs() ?? 0) > SLOTS_MS);
  const grown = stage.opened;
  const before = await stage.memoryBytes();
  expect(before).toBeLessThan(500 * MB);

  // Whatever page has the stage is looked at all the time.
  const darkSamples: number[][] = [];
  let samples = 0;
  const looking = new AbortController();
  const looked = (async () => {
    while (!looking.signal.aborted) {
      const colour = await centreOf(stage.opened?.page).catch(() => null);
      if (colour === null) continue;
      samples += 1;
      if (!isPicture(colour)) darkSamples.push(colour);
    }
  })();

  // Pages that were written to, so that they are really there.
  const session = await grown!.page.context().newCDPSession(grown!.page);
  await session.send('Runtime.evaluate', { expression: `globalThis.kept = []; for (let i = 0; i < 12; i++) kept.push(new Uint8Array(${50 * MB}).fill(i + 1)); undefined` });
  await until('another page has the stage', () => stage.opened !== grown && stage.opened !== null, 60_000);
  const passedMs = performance.now();
  await until('some creatives more were shown', () => performance.now() - passedMs > 2 * SLOTS_MS);
  looking.abort();
  await looked;
  expect(await stage.memoryBytes()).toBeLessThan(500 * MB);
  expect(samples).toBeGreaterThan(20);
  expect(darkSamples).toEqual([]);
  expect(said.filter((line) => line.includes('stage page'))).toEqual(['stage page: its memory grew; preparing another one behind it']);

  await screen.stop();
  const { plays, impressions, errors } = await player.report();
  expect(plays.slice(0, -1).map(({ endReason }) => endReason)).toEqual(plays.slice(0, -1).map(() => 'ended'));
  for (const [index, { startedAt, durationMs, presentedFrames }] of plays.slice(0, -1).entries()) {
    expect(presentedFrames).toBeGreaterThan(20);
    // Each begins when the one before ends: nothing between them is missing from the record.
    const gapMs = Date.parse(plays[index + 1]!.startedAt) - Date.parse(startedAt) - durationMs;
    expect(Math.abs(gapMs)).toBeLessThan(50);
  }
  expect(impressions).toMatchObject({ logged: plays.length, lost: 0, duplicated: 0 });
  expect(errors).toEqual([]);
});

type Page = NonNullable<Awaited<ReturnType<typeof openStageScreen>>['stage']['opened']>['page'];

async function centreOf(page: Page | undefined): Promise<number[]> {
  if (page === undefined) throw new Error('no page has the stage');
  const session = await page.context().newCDPSession(page);
  const { data } = await session.send('Page.captureScreenshot', { format: 'png', clip: { x: 640, y: 360, width: 1, height: 1, scale: 1 } });
  return await page.evaluate(async (base64) => {
    const context = new OffscreenCanvas(1, 1).getContext('2d');
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    context?.drawImage(await createImageBitmap(new Blob([bytes])), 0, 0);
    return [...(context?.getImageData(0, 0, 1, 1).data ?? [])].slice(0, 3);
  }, data);
}
