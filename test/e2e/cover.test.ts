import { expect, it, onTestFinished } from 'vitest';
import { coverScript } from '../../src/shells/chromium/cover.ts';
import { openPage } from '../../src/shells/chromium/index.ts';
import { openSite } from '../content/site.ts';
import { testBrowser } from './browser.ts';

it('the picture of the page before lies over the new one until that shows something: over no frame in it, and not again', async () => {
  const site = await openSite();
  onTestFinished(() => site.close());
  site.answer(({ url }, response) => response.writeHead(200, { 'content-type': 'text/html' }).end(url === '/' ? '<div id="stage"></div><iframe src="/frame"></iframe>' : '<p>A creative'));
  const opened = await openPage({ browser: await testBrowser(), url: 'about:blank', window: 'headless', onProblem: () => undefined });
  const { page } = opened;
  onTestFinished(() => opened.close());
  const pictures = () => Promise.all(page.frames().map((frame) => frame.locator('img').count()));

  await page.addInitScript(coverScript(''));
  await page.goto(`${site.origin}/`);
  expect(await pictures()).toEqual([1, 0]);
  await page.evaluate(() => (document.querySelector('#stage')!.innerHTML = '<div class="slot front"></div>'));
  await expect.poll(pictures).toEqual([0, 0]);
  await page.reload();
  expect(await pictures()).toEqual([0, 0]);
});
