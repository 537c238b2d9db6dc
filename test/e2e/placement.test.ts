import { expect, it, onTestFinished } from 'vitest';
import { listenForPage, openPage } from '../../src/shells/index.ts';
import { testBrowser } from './browser.ts';

const TWO_DISPLAYS = ['--screen-info={0,0 1920x1080 label=Shelf}{1920,0 1080x1920 label=Counter}'];

async function open(display: string) {
  const server = await listenForPage('<!doctype html><title>Stage</title>');
  onTestFinished(() => server.close());
  const opened = await openPage({ browser: await testBrowser(), url: server.origin, window: 'headless', display, extraArgs: TWO_DISPLAYS, onProblem: () => undefined });
  onTestFinished(() => opened.close());
  return opened.page;
}

it('puts the stage on the display that people named, by its place or by its name', async () => {
  for (const [display, left] of [['2', 1920], ['counter', 1920], ['1', 0]] as const) expect(await (await open(display)).evaluate('screenX')).toBe(left);
  await expect(open('Window')).rejects.toThrow('There are: 1 "Shelf"');
});
