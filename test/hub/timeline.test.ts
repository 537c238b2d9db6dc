import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TimelineResponse, timelineResponseSchema } from '../../src/contract/index.ts';
import { asManager, enrolScreen, openTestHub, type Screen, START_MS, type TestHub, upload } from './kit.ts';
import { batch, play } from './leaves.ts';

const DAY = 86_400_000;

/** A screen that was cut off for two days sends everything on the third. */
describe('the timeline of a screen that was offline', () => {
  let test: TestHub;
  let screen: Screen;
  const day = async (number: number): Promise<TimelineResponse> => timelineResponseSchema.parse(await (await asManager(test, `/api/audit/timeline/${screen.id}?from=${String(START_MS + number * DAY)}&to=${String(START_MS + (number + 1) * DAY)}`)).json());

  beforeAll(async () => {
    test = await openTestHub();
    screen = await enrolScreen(test);
    test.clock.nowMs = START_MS + 2 * DAY;
    const onDay = (number: number, second: number) => play(screen.id, number * 10 + second, { wallMs: START_MS + number * DAY + second * 10_000, monoMs: number * DAY + second * 10_000 });
    await upload(test, screen, batch(0, [onDay(0, 1), onDay(0, 2), onDay(1, 5), onDay(2, 0)]));
  });
  afterAll(() => test.close());

  it('counts each play for the day on which it was shown, and once', async () => {
    expect((await Promise.all([0, 1, 2, 3].map(day))).map(({ plays }) => plays)).toEqual([2, 1, 1, 0]);
  });

  it('says from when to when something was shown in a day', async () => {
    expect((await day(0)).showing).toEqual({ fromMs: START_MS + 10_000, toMs: START_MS + 30_000 });
    expect((await day(3)).showing).toBeNull();
  });

  it('tells only of what touches the day: a night is told for the days on both its sides', async () => {
    const gaps = async (number: number): Promise<(number | null)[]> => (await day(number)).entries.filter(({ kind }) => kind === 'gap').map(({ durationMs }) => durationMs);
    expect(await gaps(3)).toEqual([]);
    expect(await gaps(2)).toEqual([DAY - 60_000]);
  });
});
