import Database from 'better-sqlite3';
import fc from 'fast-check';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ScreensResponse } from '../../src/contract/index.ts';
import { asManager, enrolScreen, openTestHub, problemOf, remember, type Screen, START_MS, type TestHub, upload } from './kit.ts';
import type { Batch } from './batch.ts';
import { batch, play, release, rowOf, uuid } from './leaves.ts';

describe('impressions', () => {
  let test: TestHub;
  let screen: Screen;
  beforeEach(async () => {
    test = await openTestHub();
    screen = await enrolScreen(test);
  });
  afterEach(() => test.close());

  const plays = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => play(screen.id, from + index));
  const sendUp = async (request: Batch) => {
    const response = await upload(test, screen, request);
    return { status: response.status, nextSeq: ((await response.json()) as { nextSeq: number }).nextSeq };
  };
  /** Closes the hub and looks at what is on its disk. */
  const stored = async (): Promise<{ seq: number; leaf: string; flag: string | null }[]> => {
    await test.hub.close();
    const db = new Database(join(test.dataDir, 'hub.db'), { readonly: true });
    const rows = db.prepare('select seq, leaf, flag from log_row order by seq').all() as { seq: number; leaf: string; flag: string | null }[];
    db.close();
    test = await openTestHub({ dataDir: test.dataDir });
    return rows;
  };
  const playsInView = async () => ((await (await asManager(test, '/api/screens')).json()) as ScreensResponse).screens[0]?.plays;

  it('are stored and counted', async () => {
    expect(await sendUp(batch(0, plays(0, 3)))).toEqual({ status: 200, nextSeq: 3 });
    expect(await test.hub.countPlays(screen.id)).toBe(3);
    expect(await playsInView()).toEqual({ total: 3, today: 3 });
  });

  it('count once when a batch comes again because the answer was lost', async () => {
    await sendUp(batch(0, plays(0, 3)));
    expect(await sendUp(batch(0, plays(0, 3)))).toEqual({ status: 200, nextSeq: 3 });
    expect(await test.hub.countPlays(screen.id)).toBe(3);
  });

  it('are taken from where an overlap ends', async () => {
    await sendUp(batch(0, plays(0, 3)));
    expect(await sendUp(batch(1, plays(1, 5)))).toEqual({ status: 200, nextSeq: 5 });
    expect(await playsInView()).toEqual({ total: 5, today: 5 });
  });

  it('behind a gap are refused with the place to go on from', async () => {
    await sendUp(batch(0, plays(0, 2)));
    expect(await sendUp(batch(3, plays(3, 5)))).toEqual({ status: 409, nextSeq: 2 });
    expect(await test.hub.countPlays(screen.id)).toBe(2);
  });

  it('tell the place to go on from when a batch is empty', async () => {
    await sendUp(batch(0, plays(0, 2)));
    expect(await sendUp(batch(0, []))).toEqual({ status: 200, nextSeq: 2 });
  });

  it('that say something else than before are a fork: refused whole, and worth a line in the log', async () => {
    await sendUp(batch(0, plays(0, 2)));
    const rewritten = batch(1, [play(screen.id, 1, { durationMs: 99_000 }), play(screen.id, 2)]);
    expect(await problemOf(await upload(test, screen, rewritten))).toMatchObject({ status: 422, code: 'fork' });
    expect(await test.hub.countPlays(screen.id)).toBe(2);
    expect(test.notices).toEqual([expect.stringContaining('seq 1')]);
  });

  it('with a wrong hash are refused whole', async () => {
    const request = batch(0, plays(0, 2));
    const forged = { ...request, rows: [request.rows[0]!, { ...request.rows[1]!, leaf: request.rows[0]!.leaf }] };
    expect(await problemOf(await upload(test, screen, forged))).toMatchObject({ status: 422, code: 'bad-hash' });
    expect(await test.hub.countPlays(screen.id)).toBe(0);
  });

  it('that are not consecutive are refused', async () => {
    const request = { ...batch(0, []), rows: [rowOf(0, play(screen.id, 0)), rowOf(2, play(screen.id, 2))] };
    expect(await problemOf(await upload(test, screen, request))).toMatchObject({ status: 400, code: 'rows-not-consecutive' });
  });

  it('of a new disk start a new log', async () => {
    await sendUp(batch(0, plays(0, 2)));
    expect(await sendUp(batch(0, plays(2, 4), uuid(2)))).toEqual({ status: 200, nextSeq: 2 });
    expect(await test.hub.countPlays(screen.id)).toBe(4);
  });

  it('are kept word for word whatever they say, and what is odd has a flag and no effect', async () => {
    const leaves = [
      'no json at all',
      JSON.stringify({ v: 2, type: 'hologram' }),
      play('somebody-else-1', 1),
      play(screen.id, 1),
      play(screen.id, 1, { monoMs: 5 }),
      release(screen.id, START_MS, 'watched', 3),
      release(screen.id, START_MS, 'watched', 4),
    ];
    expect(await sendUp(batch(0, leaves))).toEqual({ status: 200, nextSeq: leaves.length });
    expect(await test.hub.countPlays(screen.id)).toBe(1);
    const rows = await stored();
    expect(rows.map(({ leaf }) => leaf)).toEqual(leaves.map((leaf) => (typeof leaf === 'string' ? leaf : JSON.stringify(leaf))));
    expect(rows.map(({ flag }) => flag)).toEqual(['not-json', 'unknown-shape', 'other-screen', null, 'repeated-play', null, 'repeated-cell']);
  });

  it('survive a restart, and so does the place to go on from', async () => {
    await sendUp(batch(0, plays(0, 3)));
    test = await test.reopen();
    expect(await sendUp(batch(2, plays(2, 4)))).toEqual({ status: 200, nextSeq: 4 });
    expect(await playsInView()).toEqual({ total: 4, today: 4 });
  });

  it("count for the day of the screen's own zone", async () => {
    const lastNight = Date.UTC(2026, 4, 3, 21, 59, 0);
    await sendUp(batch(0, [play(screen.id, 0, { wallMs: lastNight }), play(screen.id, 1, { wallMs: lastNight + 120_000 })]));
    expect(await playsInView()).toEqual({ total: 2, today: 1 });
  });

  it('give each row once, whatever order batches come in and however often', async () => {
    const SIZE = 12;
    const slice = fc.tuple(fc.nat(SIZE - 1), fc.integer({ min: 1, max: SIZE })).map(([from, length]) => ({ from, to: Math.min(SIZE, from + length) }));
    await fc.assert(
      fc.asyncProperty(fc.array(slice, { maxLength: 12 }), fc.boolean(), async (slices, atOnce) => {
        const other = await enrolScreen(test, 'Property');
        const all = Array.from({ length: SIZE }, (_, index) => play(other.id, index));
        remember(other, batch(0, all));
        const send = async ({ from, to }: { from: number; to: number }) => (await upload(test, other, batch(from, all.slice(from, to)))).status;
        const statuses = atOnce ? await Promise.all(slices.map(send)) : await slices.reduce(async (done, next) => [...(await done), await send(next)], Promise.resolve<number[]>([]));
        expect(statuses.every((status) => status === 200 || status === 409)).toBe(true);
        await send({ from: 0, to: SIZE });
        expect(await test.hub.countPlays(other.id)).toBe(SIZE);
        const view = (await (await asManager(test, '/api/screens')).json()) as ScreensResponse;
        expect(view.screens.find(({ id }) => id === other.id)?.plays.total).toBe(SIZE);
      }),
      { numRuns: 25 },
    );
  });
});
