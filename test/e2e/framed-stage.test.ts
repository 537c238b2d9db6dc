import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { ProgrammeSource } from '../../src/contract/index.ts';
import type { Player } from '../../src/player/index.ts';
import { openSite } from '../content/site.ts';
import { openStore } from './store-rig.ts';

const STAGE_PORT = 19_790;
const LONG = { timeout: 120_000, interval: 100 };

async function programmeWithMenu(url: string): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'litfass-framed-'));
  onTestFinished(() => rm(dir, { recursive: true }));
  await writeFile(join(dir, 'menu.json'), JSON.stringify({ v: 1, source: 'menu' }));
  await writeFile(join(dir, 'house.svg'), '<svg xmlns="http://www.w3.org/2000/svg" width="16" height="9"><rect width="16" height="9" fill="#0000ff"/></svg>');
  const common = { campaign: 'Test', tier: 'house' as const, weight: 1, criteria: [], durationMs: 4_000 };
  const source: ProgrammeSource = {
    name: 'A menu of somebody else',
    creatives: [
      { ...common, id: 'menu', name: 'Menu', kind: 'web', file: 'menu.json' },
      { ...common, id: 'house', name: 'House', kind: 'image', file: 'house.svg' },
    ],
    sources: [{ id: 'menu', kind: 'web', url, onSite: true }],
    selection: { enterMs: 500, leaveMs: 500, minimumHoldMs: 500 },
    policy: { statistics: { windowMs: 30_000, epsilonNumerator: 1, epsilonDenominator: 1 } },
  };
  await writeFile(join(dir, 'programme.json'), JSON.stringify(source));
  return dir;
}

// A page of the same host, though of another port, is of the same site to a browser: it even sends the player's cookie.
it('gives a web page that frames the player’s pages nothing: no page, no commands, no hearing; and the stage goes on', async () => {
  const site = await openSite('127.0.0.1');
  onTestFinished(() => site.close());
  const framed = ['/stage/?life=x', '/stage/?life=1', '/stage/', '/vision/'];
  site.answer((_request, response) => void response.writeHead(200, { 'content-type': 'text/html' }).end(`<!doctype html><body>Menu ${framed.map((path) => `<iframe src="http://127.0.0.1:${STAGE_PORT}${path}"></iframe>`).join('')}`));

  const asked: { readonly what: string; readonly query: string; readonly status: number }[] = [];
  const listening = (player: Player): Player => ({
    ...player,
    async fetch(request, as) {
      const answer = await player.fetch(request, as);
      const { pathname, search } = new URL(request.url);
      asked.push({ what: `${request.method} ${pathname}`, query: search, status: answer.status });
      return answer;
    },
  });
  const store = await openStore({ people: 1, programmeDir: await programmeWithMenu(`${site.origin}/`), ports: { hub: 19_780, stage: STAGE_PORT }, between: listening });
  onTestFinished(() => store.close());

  // The real page is the first; what the frames ask for comes with the menu.
  await expect.poll(() => asked.some(({ what }) => what === 'GET /stage/commands'), LONG).toBe(true);
  const own = asked.find(({ what }) => what === 'GET /stage/')?.query;
  await expect.poll(() => framed.filter((path) => asked.some(({ what, query, status }) => what === `GET ${new URL(path, site.origin).pathname}` && query === new URL(path, site.origin).search && status === 200)), LONG).toEqual(framed);
  const plays = async (): Promise<number> => (await store.player.report()).plays.length;
  const before = await plays();
  await expect.poll(plays, LONG).toBeGreaterThanOrEqual(before + 3);

  const spoke = asked.filter(({ what }) => what === 'GET /stage/commands' || what === 'POST /stage/events');
  expect(new Set(spoke.map(({ query }) => query))).toEqual(new Set([own]));
  expect(store.said.filter((line) => line.includes('stage page'))).toEqual([]);
}, 300_000);
