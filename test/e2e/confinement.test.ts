import { expect, it, onTestFinished } from 'vitest';
import { listenForPage, openPage } from '../../src/shells/index.ts';
import { testBrowser } from './browser.ts';

async function open() {
  const server = await listenForPage('<!doctype html><body><iframe sandbox="allow-scripts" srcdoc="<body style=\'cursor:pointer\'>a page of its own"></iframe>');
  onTestFinished(() => server.close());
  const opened = await openPage({ browser: await testBrowser(), url: server.origin, window: 'headless', withoutPointer: true, onProblem: () => undefined });
  onTestFinished(() => opened.close());
  await opened.page.waitForLoadState('load');
  return opened.page;
}

it('lets no key that leads out and no menu through, neither in the page nor in a frame, and any other key', async () => {
  const page = await open();
  const passes = (type: string, init: object): string => `!dispatchEvent(new ${type === 'contextmenu' ? 'MouseEvent' : 'KeyboardEvent'}('${type}', { cancelable: true, ...${JSON.stringify(init)} })) === false`;
  for (const frame of page.frames()) {
    for (const key of [{ key: 'w', ctrlKey: true }, { key: 'F5' }, { key: 'F4', altKey: true }, { key: 'Escape' }, { key: 'q', metaKey: true }]) expect(await frame.evaluate(passes('keydown', key)), JSON.stringify(key)).toBe(false);
    expect(await frame.evaluate(passes('contextmenu', {}))).toBe(false);
    for (const key of [{ key: 'a' }, { key: 'Enter' }, { key: '@', ctrlKey: true, altKey: true, modifierAltGraph: true }]) expect(await frame.evaluate(passes('keydown', key)), JSON.stringify(key)).toBe(true);
  }
});

it('has no pointer, not even over a page of its own that wants one', async () => {
  const page = await open();
  expect(page.frames()).toHaveLength(2);
  for (const frame of page.frames()) expect(await frame.evaluate('getComputedStyle(document.body).cursor')).toBe('none');
});

it('asks shoppers for nothing: what a page wants to use it does not get, and at once', async () => {
  const page = await open();
  expect(['denied', 'default']).toContain(await page.evaluate("Promise.race([Notification.requestPermission(), new Promise((resolve) => setTimeout(resolve, 5000, 'asks'))])"));
  expect(await page.evaluate("navigator.mediaDevices.getUserMedia({ video: true }).then(() => 'camera', () => 'refused')")).toBe('refused');
});
