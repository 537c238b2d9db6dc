import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ImpressionsResponse, impressionsResponseSchema, type LogRow, type ScreensResponse, screensResponseSchema } from '../../src/contract/index.ts';
import { asManager, asScreen, enrolScreen, linesOf, openTestHub, problemOf, type Screen, START_MS, type TestHub, upload } from './kit.ts';
import { batch, EPOCH, play, release, rowOf, uuid } from './leaves.ts';

describe('the console API', () => {
  let test: TestHub;
  let screen: Screen;
  beforeEach(async () => {
    test = await openTestHub();
    screen = await enrolScreen(test, 'Eingang Süd');
  });
  afterEach(() => test.close());

  const status = { bootId: uuid(1), shell: 'chromium', version: '0.1.0', sensor: 'ok', programmeVersion: 0, backlog: 4, nowPlaying: null, trouble: '' };
  const report = () => asScreen(test, screen, 'POST', `/v1/screens/${screen.id}/status`, status);
  const screens = async () => screensResponseSchema.parse(await (await asManager(test, '/api/screens')).json());
  const find = async (query: Record<string, string>): Promise<ImpressionsResponse> =>
    impressionsResponseSchema.parse(await (await asManager(test, `/api/impressions?${new URLSearchParams(query).toString()}`)).json());

  describe('of screens', () => {
    it('tells online from late from offline', async () => {
      expect((await screens()).screens[0]).toMatchObject({ contact: 'offline', lastContactMs: null, status: null });
      await report();
      expect((await screens()).screens[0]).toMatchObject({ contact: 'online', lastContactMs: START_MS, status });
      test.clock.nowMs = START_MS + 15_000;
      expect((await screens()).screens[0]?.contact).toBe('late');
      test.clock.nowMs = START_MS + 120_000;
      expect((await screens()).screens[0]?.contact).toBe('offline');
    });

    it('remembers the last contact and status over a restart', async () => {
      await report();
      test = await test.reopen();
      expect((await screens()).screens[0]).toMatchObject({ lastContactMs: START_MS, status });
    });

    it('sums the noised cells of the last five minutes, signed, with the width of the noise', async () => {
      const cells = [-6, -5, -4, -3, -2, -1].flatMap((minute) => {
        const start = START_MS + minute * 60_000;
        return [release(screen.id, start, 'watched', minute === -6 ? 100 : 2), release(screen.id, start, 'passed', minute === -6 ? 100 : -1)];
      });
      await upload(test, screen, batch(0, cells));
      const audience = (await screens()).screens[0]?.audience;
      // Ten cells of ε = 1: variance 10 · 1.8413471884155848, so 1.96 · 4.291 = 8.41.
      expect(audience).toMatchObject({ minutes: 5, visits: 5, watched: 10, plusMinus: 9 });
      expect(audience?.cells).toHaveLength(6);
      expect(audience?.cells[0]).toEqual({ windowStartMs: START_MS - 60_000, windowMs: 60_000, watched: 2, passed: -1, coveragePercent: 100 });
    });

    it('does not sum a window that was not measured, and falls silent when cells are old', async () => {
      const start = START_MS - 60_000;
      await upload(test, screen, batch(0, [release(screen.id, start, 'watched', 7, { coveragePercent: 0 }), release(screen.id, start, 'passed', 7, { coveragePercent: 0 })]));
      expect((await screens()).screens[0]?.audience).toMatchObject({ visits: 0, watched: 0, plusMinus: 0, cells: [{ coveragePercent: 0 }] });
      test.clock.nowMs = START_MS + 6 * 60_000 + 1;
      expect((await screens()).screens[0]?.audience).toBeNull();
    });

    it('is told live: the state at once, then each change, at most four a second', async () => {
      const live = linesOf(await asManager(test, '/api/screens/live'));
      const next = async () => screensResponseSchema.parse(await live.next()) satisfies ScreensResponse;
      expect((await next()).screens[0]?.contact).toBe('offline');
      await report();
      expect((await next()).screens[0]).toMatchObject({ contact: 'online', status: { backlog: 4 } });

      const begun = performance.now();
      for (let number = 0; number < 20; number += 1) await upload(test, screen, batch(number, [play(screen.id, number)]));
      let lines = 0;
      for (let total = 0; total < 20; lines += 1) total = (await next()).screens[0]?.plays.total ?? 0;
      expect(lines).toBeLessThanOrEqual(Math.ceil((performance.now() - begun) / 250) + 1);
      await live.close();
    });

    it('is told live when a screen falls silent', async () => {
      await report();
      const live = linesOf(await asManager(test, '/api/screens/live'));
      await live.next();
      test.clock.nowMs += 20_000;
      expect(screensResponseSchema.parse(await live.next()).screens[0]?.contact).toBe('late');
      await live.close();
    });
  });

  describe('of impressions', () => {
    beforeEach(async () => {
      const plays = Array.from({ length: 25 }, (_, number) =>
        play(screen.id, number, number % 5 === 0 ? { creative: { id: 'sale', name: 'Großer 100% Sale', campaign: 'Sommer', kind: 'video', sha256: 'c'.repeat(64) }, endReason: 'interrupt' } : {}),
      );
      await upload(test, screen, batch(0, plays));
      const other = await enrolScreen(test, 'Kasse');
      await upload(test, other, batch(0, [play(other.id, 100, { wallMs: START_MS - 1 })]));
    });

    it('pages from new to old, each exactly once, also while new ones arrive', async () => {
      const seen: number[] = [];
      let before: string | null = null;
      do {
        const page: ImpressionsResponse = await find({ screen: screen.id, limit: '7', ...(before === null ? {} : { before }) });
        seen.push(...page.rows.map(({ seq }) => seq));
        before = page.nextBefore;
        if (seen.length === 7) await upload(test, screen, batch(25, [play(screen.id, 25)]));
      } while (before !== null);
      expect(seen).toEqual(Array.from({ length: 25 }, (_, index) => 24 - index));
    });

    it('keeps plays of the same moment apart', async () => {
      await upload(test, screen, batch(25, [25, 26, 27].map((number) => play(screen.id, number, { wallMs: START_MS + 900_000 }))));
      const first = await find({ limit: '2' });
      const second = await find({ limit: '2', before: first.nextBefore! });
      expect([...first.rows, ...second.rows].map(({ seq }) => seq)).toEqual([27, 26, 25, 24]);
    });

    it.each([
      ['gross', 0],
      ['großer', 5],
      ['SALE sommer', 5],
      ['100%', 5],
      ['%', 5],
      ['_', 0],
      ['süd espresso', 20],
      ['kasse', 1],
      ['', 26],
    ])('finds "%s" in creative, campaign and screen', async (search, total) => {
      expect((await find({ search })).total).toBe(total);
    });

    it('narrows by screen, creative, reason, end and time', async () => {
      expect((await find({ screen: screen.id })).total).toBe(25);
      expect((await find({ creative: 'sale' })).total).toBe(5);
      expect((await find({ reason: 'house' })).total).toBe(0);
      expect((await find({ end: 'interrupt', from: String(START_MS), to: String(START_MS + 100_000) })).total).toBe(2);
    });

    it('says what is wrong with a query', async () => {
      expect(await problemOf(await asManager(test, '/api/impressions?end=exploded'))).toMatchObject({ status: 400, code: 'bad-request' });
      expect(await problemOf(await asManager(test, '/api/impressions?before=yesterday'))).toMatchObject({ status: 400, code: 'bad-request' });
      expect(await problemOf(await asManager(test, '/api/impressions?limit=100000'))).toMatchObject({ status: 400, code: 'bad-request' });
    });

    it('gives out the log row word for word', async () => {
      const response = await asManager(test, `/api/impressions/${screen.id}/${EPOCH}/1`);
      expect((await response.json()) as LogRow).toEqual(rowOf(1, play(screen.id, 1)));
      expect(await problemOf(await asManager(test, `/api/impressions/${screen.id}/${EPOCH}/99`))).toMatchObject({ status: 404, code: 'unknown-impression' });
    });

    it('lists what was played, by name', async () => {
      const { creatives } = (await (await asManager(test, '/api/creatives')).json()) as { creatives: { id: string }[] };
      expect(creatives.map(({ id }) => id)).toEqual(['espresso', 'sale']);
    });
  });
});
