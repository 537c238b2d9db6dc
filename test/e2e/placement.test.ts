import { expect, it, onTestFinished } from 'vitest';
import { listenForPage, openPage } from '../../src/shells/index.ts';
import { rotationStyle } from '../../src/shells/rotate.ts';
import { testBrowser } from './browser.ts';

const TWO_DISPLAYS = ['--screen-info={0,0 1920x1080 label=Shelf}{1920,0 1080x1920 label=Counter}'];

async function open(display: string, style = '') {
  const server = await listenForPage('<!doctype html><style>html, body { margin: 0; width: 100%; height: 100% }</style><b style="position:absolute;left:0;top:0">top</b>');
  onTestFinished(() => server.close());
  const opened = await openPage({ browser: await testBrowser(), url: server.origin, window: 'headless', display, style, extraArgs: TWO_DISPLAYS, onProblem: () => undefined });
  onTestFinished(() => opened.close());
  return opened.page;
}

it('puts the stage on the display that people named, by its place or by its name', async () => {
  for (const [display, left] of [['2', 1920], ['counter', 1920], ['1', 0]] as const) expect(await (await open(display)).evaluate('screenX')).toBe(left);
  await expect(open('Window')).rejects.toThrow('There are: 1 "Shelf"');
});

it('turns the picture on a panel that hangs on its side: its upper left corner is on the upper right', async () => {
  const page = await open('1', rotationStyle(90));
  const { right, top } = await page.evaluate<DOMRect>("document.querySelector('b').getBoundingClientRect().toJSON()");
  expect([Math.round(right), Math.round(top)]).toEqual([1280, 0]);
});
