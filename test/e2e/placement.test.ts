import { expect, it, onTestFinished } from 'vitest';
import { listenForPage, openPage } from '../../src/shells/index.ts';
import { testBrowser } from './browser.ts';

const TWO_DISPLAYS = ['--screen-info={0,0 1920x1080 label=Shelf}{1920,0 1080x1920 label=Counter}'];

async function open(display: string) {
  const server = await listenForPage('<!doctype html><title>Stage</title>');
  onTestFinished(() => server.close());
  const opened = await openPage({ browser: await testBrowser(), url: server.origin, window: 'headless', display, extraArgs: TWO_DISPLAYS, onProblem: () => undefined });
  onTestFinished(() => opened.close());
  return opened;
}

it('puts the stage on the display that people named, by its place or by its name', async () => {
  for (const [display, left] of [['2', 1920], ['counter', 1920], ['1', 0]] as const) expect(await (await open(display)).page.evaluate('screenX')).toBe(left);
  await expect(open('Window')).rejects.toThrow('There are: 1 "Shelf"');
});

it('follows its display when that is unplugged and comes back with another size, and leaves the other display free meanwhile', async () => {
  const opened = await open('counter');
  const { page } = opened;
  const session = await page.context().newCDPSession(page);
  const bounds = async () => (await session.send('Browser.getWindowForTarget')).bounds;
  expect(await opened.settle()).toBe('settled');
  const { screenInfos } = await session.send('Emulation.getScreenInfos');
  await session.send('Emulation.removeScreen', { screenId: screenInfos.find(({ label }) => label === 'Counter')?.id ?? '' });
  expect(await opened.settle()).toBe('gone');
  expect((await bounds()).left).toBeGreaterThan(10_000);
  expect(await opened.settle()).toBe('gone');
  await session.send('Emulation.addScreen', { left: 1920, top: 0, width: 1280, height: 1024, label: 'Counter' });
  expect(await opened.settle()).toBe('moved');
  expect(await bounds()).toEqual({ left: 1920, top: 0, width: 1280, height: 1024, windowState: 'fullscreen' });
  expect(await opened.settle()).toBe('settled');
});
