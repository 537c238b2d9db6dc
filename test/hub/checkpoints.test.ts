import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AlarmsResponse, UploadResponse } from '../../src/contract/index.ts';
import { originOf, parseCheckpoint, parseNote, parseVerifierKey, verifyNote } from '../../src/impressions/index.ts';
import { asManager, enrolScreen, newFolder, openTestHub, problemOf, remember, type Screen, signedUpload, START_MS, type TestHub, upload } from './kit.ts';
import type { Batch } from './batch.ts';
import { batch, EPOCH, play, uuid } from './leaves.ts';

describe('a checkpoint', () => {
  let test: TestHub;
  let screen: Screen;
  beforeEach(async () => {
    test = await openTestHub();
    screen = await enrolScreen(test);
  });
  afterEach(() => test.close());

  const plays = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => play(screen.id, from + index));
  const alarms = async () => ((await (await asManager(test, '/api/audit/alarms')).json()) as AlarmsResponse).alarms;
  /** The same machine twice: it has the key and the log of the first, and goes on by itself. */
  const clone = (): Screen => ({ ...screen, logs: new Map([...screen.logs].map(([epoch, hashes]) => [epoch, [...hashes]])) });
  const refusal = async (batch: Batch, change: Parameters<typeof upload>[3]) => problemOf(await upload(test, screen, batch, change));

  it('comes back with the word of the hub, who saw it and when', async () => {
    const sent = signedUpload(screen, batch(0, plays(0, 3)));
    const { nextSeq, cosigned } = (await (await upload(test, screen, batch(0, plays(0, 3)))).json()) as UploadResponse;
    const note = parseNote(sent.checkpoint + cosigned!.cosignature);
    const [good] = verifyNote(note, [parseVerifierKey(cosigned!.witnessKey)]);
    expect({ nextSeq, timeMs: good?.timeMs, size: parseCheckpoint(note.text).size }).toEqual({ nextSeq: 3, timeMs: START_MS, size: 3 });
    expect(await alarms()).toEqual([]);
  });

  it('is proven through a long log, in whatever pieces it comes', async () => {
    for (const [from, to] of [[0, 250], [250, 260], [200, 600], [600, 601], [100, 300]] as const) {
      expect((await upload(test, screen, batch(from, plays(from, to)))).status).toBe(200);
    }
    test = await test.reopen();
    expect((await upload(test, screen, batch(601, plays(601, 602)))).status).toBe(200);
    expect(await test.hub.countPlays(screen.id)).toBe(602);
  });

  it('for other rows than those of the batch is refused, and an alarm is kept', async () => {
    await upload(test, screen, batch(0, plays(0, 2)));
    const elsewhere = signedUpload(clone(), batch(0, plays(7, 12)));
    expect(await refusal(batch(2, plays(2, 5)), { checkpoint: elsewhere.checkpoint })).toMatchObject({ status: 422, code: 'fork' });
    expect(await refusal(batch(2, plays(2, 5)), { proof: [] })).toMatchObject({ status: 422, code: 'fork' });
    expect(await test.hub.countPlays(screen.id)).toBe(2);
    expect(await alarms()).toEqual([expect.objectContaining({ code: 'fork', screenId: screen.id, epoch: EPOCH, checkpoint: expect.stringContaining(originOf(screen.id, EPOCH)) as string })]);
  });

  it.each([
    ['of another size', () => signedUpload(screen, batch(0, plays(0, 4))).checkpoint],
    ['of another log', () => signedUpload(screen, { ...batch(0, plays(0, 3)), epoch: uuid(9) }).checkpoint],
    ['that is no note', () => 'hello\n'],
    ['signed by a stranger', async () => signedUpload({ ...(await enrolScreen(test, 'Stranger')), id: screen.id }, batch(0, plays(0, 3))).checkpoint],
    ['that was cut', () => signedUpload(screen, batch(0, plays(0, 3))).checkpoint.slice(0, -30)],
  ])('%s is refused by name, and an alarm is kept', async (_, make) => {
    expect(await refusal(batch(0, plays(0, 3)), { checkpoint: await make() })).toMatchObject({ status: 422, code: 'bad-checkpoint' });
    expect(await test.hub.countPlays(screen.id)).toBe(0);
    expect((await alarms()).map(({ code }) => code)).toEqual(['bad-checkpoint']);
  });

  it('of a screen that runs on two machines is a fork, named with the row where they part, once', async () => {
    await upload(test, screen, batch(0, plays(0, 3)));
    const twin = clone();
    await upload(test, screen, batch(3, plays(3, 5)));
    for (let tries = 0; tries < 3; tries += 1) {
      const response = await upload(test, twin, batch(3, [play(screen.id, 77)]));
      expect(await problemOf(response)).toMatchObject({ status: 422, code: 'fork', message: expect.stringContaining('two machines') as string });
    }
    expect(await alarms()).toEqual([expect.objectContaining({ code: 'fork', seq: 3 })]);
    expect((await upload(test, screen, batch(5, plays(5, 6)))).status).toBe(200);
  });

  it('that this hub cosigned, and has forgotten, tells it that it was restored from an old backup', async () => {
    await upload(test, screen, batch(0, plays(0, 2)));
    await test.hub.close();
    const backup = await newFolder();
    cpSync(test.dataDir, backup, { recursive: true });
    test = await openTestHub({ dataDir: test.dataDir });
    const full = signedUpload(screen, batch(2, plays(2, 6)));
    const { cosigned } = (await (await upload(test, screen, batch(2, plays(2, 6)))).json()) as UploadResponse;
    await test.hub.close();
    rmSync(test.dataDir, { recursive: true });
    cpSync(backup, test.dataDir, { recursive: true });
    test = await openTestHub({ dataDir: test.dataDir });

    const gap = await upload(test, screen, batch(6, plays(6, 7)));
    expect({ status: gap.status, ...((await gap.json()) as UploadResponse) }).toEqual({ status: 409, nextSeq: 2 });
    expect((await upload(test, screen, batch(2, plays(2, 7)), { witnessed: full.checkpoint + cosigned!.cosignature })).status).toBe(200);
    expect(await alarms()).toEqual([expect.objectContaining({ code: 'hub-restored', seq: 2 })]);
    expect(await test.hub.countPlays(screen.id)).toBe(7);
    rmSync(join(backup), { recursive: true });
  });

  it('takes the clocks of 1970 and of 2106 as they are, in the order of the log', async () => {
    const strange = [play(screen.id, 0, { wallMs: 5, clock: 'unsynced' }), play(screen.id, 1, { wallMs: Date.UTC(2106, 1, 8) }), play(screen.id, 2)];
    expect((await upload(test, screen, batch(0, strange))).status).toBe(200);
    expect(await test.hub.countPlays(screen.id)).toBe(3);
    expect(remember(screen, batch(0, []))).toHaveLength(3);
  });
});
