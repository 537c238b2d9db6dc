import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ReconciliationResponse, reconciliationResponseSchema } from '../../src/contract/index.ts';
import { asManager, enrolScreen, openTestHub, problemOf, START_MS, type TestHub, upload } from './kit.ts';
import { batch, play, uuid } from './leaves.ts';
import { programmeFolder, source } from './programme-folder.ts';

describe('the reconciliation of a time', () => {
  let test: TestHub;
  let folder: string;
  let rows: ReconciliationResponse['rows'];
  const ask = (fromMs: number, toMs: number) => asManager(test, `/api/audit/reconciliation?from=${String(fromMs)}&to=${String(toMs)}`);
  const [first] = source()['creatives'] as { id: string; name: string }[];

  beforeAll(async () => {
    test = await openTestHub();
    folder = await programmeFolder();
    await test.hub.publishProgrammeFolder(folder);
    const screen = await enrolScreen(test);
    const creative = { ...play(screen.id, 0).creative, id: first!.id };
    const stranger = { ...creative, id: 'stranger', name: 'Stranger', campaign: 'Elsewhere' };
    await upload(test, screen, batch(0, [
      play(screen.id, 0, { creative }),
      play(screen.id, 1, { creative, durationMs: 4_000, endReason: 'interrupt' }),
      play(screen.id, 2, { creative, durationMs: 1_000, endReason: 'crash' }),
      { v: 1, type: 'fault', screenId: screen.id, bootId: uuid(500), wallMs: START_MS + 30_000, monoMs: 30_000, clock: 'synced', code: 'decode', message: 'cannot be decoded', creativeId: first!.id },
      play(screen.id, 4, { creative: stranger }),
      play(screen.id, 1_000, { creative }),
    ]));
    ({ rows } = reconciliationResponseSchema.parse(await (await ask(START_MS, START_MS + 60_000)).json()));
  });
  afterAll(async () => {
    await test.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('sums what was shown of a creative, and says what is missing and why', () => {
    expect(rows.find(({ creativeId }) => creativeId === first!.id)).toMatchObject({
      creativeName: first!.name,
      plays: 3,
      complete: 1,
      shownMs: 15_000,
      faults: 1,
      cutShort: expect.arrayContaining([{ reason: 'gave way to a higher tier', plays: 1, missingMs: 6_000 }, { reason: 'the player died', plays: 1, missingMs: 9_000 }]) as unknown,
      explanation: '50.0 % of the planned time was shown.',
    });
  });

  it('names what was played without having been booked', () => {
    expect(rows.find(({ creativeId }) => creativeId === 'stranger')).toMatchObject({ campaign: 'Elsewhere', plays: 1, explanation: expect.stringContaining('no programme of this hub held it') as string });
  });

  it('names what was booked and never shown', async () => {
    const later = reconciliationResponseSchema.parse(await (await ask(START_MS + 20_000_000, START_MS + 30_000_000)).json());
    expect(later.rows).toEqual([expect.objectContaining({ creativeId: first!.id, plays: 0, shownMs: 0, explanation: expect.stringMatching(/^Booked /) as string })]);
  });

  it('is of a time that ends after it begins', async () => {
    expect(await problemOf(await ask(2, 1))).toMatchObject({ status: 400 });
  });
});
