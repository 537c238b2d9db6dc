import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import type { Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Clock } from '../../src/contract/index.ts';
import { openHub, serveHub, type Hub, type ServedHub } from '../../src/hub/index.ts';
import { formatVerifierKey, logKey, openLog, originOf, parseVerifierKey, verifyBundle, verifyTlogProof, type ImpressionLog } from '../../src/impressions/index.ts';
import { openPage } from '../../src/shells/index.ts';
import { createHubClient, enrol, loadScreenKey, startUplink } from '../../src/sync/index.ts';
import { leafOf, screenSigner } from '../renderer/console/audit/tree.ts';
import { play } from '../hub/leaves.ts';
import { testBrowser } from './browser.ts';

const projectDir = fileURLToPath(new URL('../../', import.meta.url));
const clock: Clock = () => ({ wallMs: Date.now(), monoMs: performance.now(), quality: 'synced' });
const PLAYS = 21;
/** The play that is audited. */
const SEQ = 12;
const NAME = `Poster ${String(SEQ)}`;

interface StoredLeaf {
  readonly leaf: string;
  readonly hash: string;
}

const forge = (leaf: string): string => leaf.replace('"presentedFrames":600', '"presentedFrames":900');

/** A screen's log, a hub, and an auditor's browser; then somebody with access to the hub's database changes what was shown. */
describe('an auditor at the console', () => {
  const closing: (() => Promise<unknown>)[] = [];
  const problems: string[] = [];
  let hub: Hub;
  let served: ServedHub;
  let log: ImpressionLog;
  let page: Page;
  let screenId: string;
  let ownKey: string;
  let hubDir: string;
  let verdict: Locator;
  let checks: Locator;

  beforeAll(async () => {
    const dir = await mkdtemp(join(tmpdir(), 'litfass-audit-'));
    closing.push(() => rm(dir, { recursive: true }));
    hubDir = join(dir, 'hub');
    await startHub(0);
    closing.push(stopHub);

    log = openLog({ file: join(dir, 'player.db') });
    const key = await loadScreenKey(dir);
    const { code } = await hub.createPairingCode();
    ({ screenId } = await enrol({ log, hubUrl: served.url, code, name: 'Entrance', key, clock, random: Math.random, signal: AbortSignal.timeout(10_000), onTrouble: () => undefined }));
    ownKey = formatVerifierKey(logKey(originOf(screenId, log.epoch), Buffer.from(key.publicKey, 'base64')));
    const startMs = Date.now() - PLAYS * 10_000;
    for (let number = 0; number < PLAYS; number += 1) {
      const shown = play(screenId, number, { wallMs: startMs + number * 10_000, creative: { id: `poster-${String(number)}`, name: `Poster ${String(number)}`, campaign: 'Spring', kind: 'image', sha256: 'a'.repeat(64) } });
      log.startPlay(shown);
      log.finishPlay(shown);
    }
    const uplink = startUplink({ log, hub: createHubClient({ hubUrl: served.url, clock, identity: { screenId, key } }), random: Math.random, onTrouble: (trouble) => trouble !== null && problems.push(trouble.message) });
    expect(await uplink.flush(20_000)).toBe(true);
    await uplink.close();

    const opened = await openPage({ browser: await testBrowser(), url: `${served.url}/?key=${hub.accessKey}`, window: 'headless', onProblem: (what, message) => problems.push(`${what}: ${message}`) });
    closing.push(() => opened.close());
    page = opened.page;
    verdict = page.getByRole('status', { name: 'Verdict' });
    checks = page.locator('.checks > li');
  });

  afterAll(async () => {
    for (const close of closing.toReversed()) await close();
    log.close();
  });

  afterEach(() => {
    expect(problems).toEqual([]);
  });

  async function startHub(port: number): Promise<void> {
    hub = await openHub({ dataDir: hubDir, clock: Date.now, pagesDir: join(projectDir, 'dist/renderer/console'), notice: (line) => problems.push(line) });
    served = await serveHub(hub, { host: '127.0.0.1', port });
  }

  async function stopHub(): Promise<void> {
    await served.close();
    await hub.close();
  }

  /** What an operator could do: stop the hub, change the row that was stored, start the hub again. Gives back how the row was. */
  async function overwrite(changed: (leaf: string) => Partial<StoredLeaf>): Promise<StoredLeaf> {
    await stopHub();
    const db = new Database(join(hubDir, 'hub.db'));
    const before = db.prepare('select leaf, hash from log_row where screen_id = ? and epoch = ? and seq = ?').get(screenId, log.epoch, SEQ) as StoredLeaf;
    const after = { ...before, ...changed(before.leaf) };
    const { changes } = db.prepare('update log_row set leaf = ?, hash = ? where screen_id = ? and epoch = ? and seq = ?').run(after.leaf, after.hash, screenId, log.epoch, SEQ);
    db.close();
    expect(changes).toBe(1);
    await startHub(served.port);
    return before;
  }

  const outcomes = async (): Promise<string[]> => (await checks.locator('.check-outcome').allTextContents()).map((words) => words.trim());
  const checkAgain = async (): Promise<void> => page.getByRole('button', { name: 'Check again' }).click();

  it('finds a play and sees its proof computed in the browser, with a pass for every step', async () => {
    await page.getByRole('link', { name: 'Audit' }).click();
    await page.getByRole('searchbox').fill(NAME);
    await expect.poll(() => page.getByRole('row').count()).toBe(2);
    await page.getByRole('row').nth(1).getByText('Covered').waitFor();
    await page.getByRole('row').nth(1).click();
    await verdict.getByText('PASS', { exact: true }).waitFor();
    await page.getByRole('heading', { name: NAME }).waitFor();
    expect(await outcomes()).toEqual(['PASS', 'PASS', 'PASS', 'PASS', 'PASS']);
    expect(await page.getByRole('img', { name: /lead to the root of the checkpoint of 21 rows/ }).count()).toBe(1);
  });

  it('is told what is only the hub’s word, and pins the key that the screen itself has', async () => {
    expect(await verdict.textContent()).toContain('the hub’s word');
    await page.getByRole('textbox', { name: /elsewhere/ }).fill(ownKey);
    await page.getByRole('button', { name: 'Pin', exact: true }).click();
    await expect.poll(() => verdict.textContent()).not.toContain('the hub’s word');
    await page.reload();
    await verdict.getByText('PASS', { exact: true }).waitFor();
    expect(await verdict.textContent()).not.toContain('the hub’s word');
  });

  it('takes the proof along as one file, and the other implementation comes to the same', async () => {
    const href = await page.getByRole('link', { name: 'Proof', exact: true }).getAttribute('href');
    const proof = await page.evaluate(async (path) => (await fetch(path)).text(), href ?? '');
    expect(verifyTlogProof(proof, { keys: [parseVerifierKey(ownKey)], witnesses: [] }).failures).toEqual([]);
  });

  it('sees a fail, and at which step, when the hub’s leaf was changed', async () => {
    const before = await overwrite((leaf) => ({ leaf: forge(leaf) }));
    await checkAgain();
    await verdict.getByText('FAIL', { exact: true }).waitFor();
    await page.getByText('900 presented').waitFor();
    expect(await verdict.textContent()).toContain('step 1, “The record is what was hashed”');
    expect(await outcomes()).toEqual(['FAIL', 'PASS', 'FAIL', 'PASS', 'PASS']);
    await page.getByRole('img', { name: 'The record does not lead to the root of the checkpoint.' }).waitFor();

    // Cleverer: the hash beside it is changed too. The tree over it was signed before.
    await overwrite((leaf) => ({ leaf, hash: leafOf(leaf).toString('hex') }));
    await checkAgain();
    await expect.poll(outcomes).toEqual(['PASS', 'PASS', 'FAIL', 'PASS', 'PASS']);
    expect(await verdict.textContent()).toContain('FAIL');

    await overwrite(() => before);
    await checkAgain();
    await verdict.getByText('PASS', { exact: true }).waitFor();
  });

  it('sees a fail when another key signed than the one that was pinned, and the hub’s other key beside it', async () => {
    await page.getByRole('textbox', { name: /elsewhere/ }).fill(screenSigner(originOf(screenId, log.epoch)).key);
    await page.getByRole('button', { name: 'Pin', exact: true }).click();
    await verdict.getByText('FAIL', { exact: true }).waitFor();
    expect(await verdict.textContent()).toContain('step 4, “The screen signed the checkpoint”');
    await page.getByText('The hub names another key').waitFor();
    await page.getByRole('button', { name: 'Let it go' }).click();
    await verdict.getByText('PASS', { exact: true }).waitFor();
  });

  it('sees the day of the screen at a glance, and walks its events with the arrow keys', async () => {
    await page.getByRole('link', { name: screenId }).click();
    await page.getByText(`${String(PLAYS)} plays`).first().waitFor();
    const events = page.locator('.day-strip button');
    await events.first().waitFor();
    await page.locator('.day-strip button[tabindex="0"]').first().focus();
    await page.keyboard.press('Enter');
    await page.locator('.entry.is-chosen').waitFor();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowLeft');
    await page.locator('.entry.is-chosen').getByRole('link', { name: 'Record' }).click();
    await verdict.getByText('PASS', { exact: true }).waitFor();
  });

  it('takes along plays as a table and a screen’s day as a bundle, from the search', async () => {
    const today = new Date();
    const day = [today.getFullYear(), today.getMonth() + 1, today.getDate()].map((part) => String(part).padStart(2, '0')).join('-');
    await page.goto(`${served.url}/audit?screen=${screenId}&from=${day}&to=${day}`);
    const fetched = async (name: string): Promise<{ status: number; bytes: number[] }> => {
      const href = await page.getByRole('link', { name }).getAttribute('href');
      return page.evaluate(async (path) => {
        const answer = await fetch(path);
        return { status: answer.status, bytes: [...new Uint8Array(await answer.arrayBuffer())] };
      }, href ?? '');
    };
    expect(Buffer.from((await fetched('Plays as CSV')).bytes).toString()).toContain(NAME);
    const bundle = await fetched('Bundle to check offline');
    expect(verifyBundle(Buffer.from(bundle.bytes), { keys: [parseVerifierKey(ownKey)], witnesses: [] }).failures).toEqual([]);
  });

  it('sees what was shown of a campaign', async () => {
    await page.getByRole('link', { name: 'Reconciliation' }).click();
    await page.getByRole('region', { name: 'Spring' }).getByRole('row', { name: new RegExp(`${NAME} .*no programme of this hub held it`) }).waitFor();
  });
});
