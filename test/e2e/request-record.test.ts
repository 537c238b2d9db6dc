import type { Request } from 'playwright-core';
import { expect, it, onTestFinished } from 'vitest';
import { MOST_REMEMBERED } from '../../src/shells/chromium/forget-requests.ts';
import { openStageRig } from './stage-rig.ts';

const REQUESTS = 3 * MOST_REMEMBERED + 50;

/** A page reports twice a second for months: what is kept of each request, wherever, adds up. */
it('neither the page nor this process remembers more than some of what the page asked for', async () => {
  const rig = await openStageRig();
  onTestFinished(() => rig.close());
  const { page } = rig.stage;
  const heard: Request[] = [];
  page.on('request', (request) => heard.push(request));
  await page.evaluate(async (count) => {
    for (let index = 0; index < count; index += 1) await (await fetch(`?${index}`)).text();
  }, REQUESTS);
  expect(heard.length).toBeGreaterThanOrEqual(REQUESTS);
  // The driver says so of what it has given up.
  await expect(heard[0]!.response()).rejects.toThrow('collected');

  const tools = await page.context().newCDPSession(page);
  const parts: string[] = [];
  tools.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => parts.push(chunk));
  await tools.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  const { snapshot, nodes, strings } = JSON.parse(parts.join('')) as { snapshot: { meta: { node_fields: string[] } }; nodes: number[]; strings: string[] };
  const { length, nameAt } = { length: snapshot.meta.node_fields.length, nameAt: snapshot.meta.node_fields.indexOf('name') };
  const names = nodes.filter((_, index) => index % length === nameAt).map((name) => strings[name]);
  expect(names.length).toBeGreaterThan(10_000);
  expect(names.filter((name) => name === 'blink::NetworkResourcesData::ResourceData').length).toBeLessThan(1.2 * MOST_REMEMBERED);
});
