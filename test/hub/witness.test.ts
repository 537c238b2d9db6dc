import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { auditLogsResponseSchema } from '../../src/contract/index.ts';
import { formatAddCheckpoint, formatCheckpoint, formatVerifierKey, growTree, hashesOf, consistencyPath, leafHash, logKey, parseNote, parseVerifierKey, signNote, verifyNote, type ReadTile } from '../../src/impressions/index.ts';
import { type ServedHub, serveHub } from '../../src/hub/index.ts';
import { SCREEN } from '../impressions/note/test-keys.ts';
import { asManager, enrolScreen, ORIGIN, openTestHub, type TestHub, upload } from './kit.ts';
import { batch, play } from './leaves.ts';

const NAME = 'example.com/log';
const hashes = Array.from({ length: 20 }, (_, number) => leafHash(`leaf ${number}`));
const readTile: ReadTile = ({ index, width }) => hashes.slice(index * 256, index * 256 + width);

function checkpoint(size: number, from = hashes): string {
  const tree = growTree();
  for (const hash of from.slice(0, size)) tree.append(hash);
  return signNote(formatCheckpoint({ origin: NAME, size, root: tree.root() }), NAME, SCREEN);
}

const witnessOf = async (test: TestHub) => auditLogsResponseSchema.parse(await (await asManager(test, '/api/audit/logs')).json()).witnesses[0]!.key;

// C2SP/C2SP@5ba5ee83, tlog-witness.md
describe('a hub as a witness of others', () => {
  let test: TestHub;
  beforeEach(async () => {
    test = await openTestHub({ witnessFor: [formatVerifierKey(logKey(NAME, SCREEN.publicKey))] });
  });
  afterEach(() => test.close());

  const ask = async (old: number, note: string, proof: Buffer[] = []) => {
    const response = await test.hub.fetch(new Request(`${ORIGIN}/add-checkpoint`, { method: 'POST', body: formatAddCheckpoint({ old, proof, checkpoint: note }) }));
    return { status: response.status, type: response.headers.get('content-type'), text: await response.text() };
  };

  it('cosigns the first checkpoint, and each that follows from the one before', async () => {
    const first = await ask(0, checkpoint(5));
    expect(first.status).toBe(200);
    expect(verifyNote(parseNote(checkpoint(5) + first.text), [parseVerifierKey(await witnessOf(test))])[0]?.timeMs).toBe(test.clock.nowMs);
    expect((await ask(5, checkpoint(9), hashesOf(consistencyPath(5, 9), readTile))).status).toBe(200);
    expect((await ask(9, checkpoint(9))).status).toBe(200);
  });

  it('answers every other case as the specification says', async () => {
    await ask(0, checkpoint(5));
    const proof = hashesOf(consistencyPath(5, 9), readTile);
    expect((await ask(9, checkpoint(5))).status).toBe(400);
    expect((await ask(0, `${checkpoint(5).slice(0, -20)}\n`)).status).toBe(400);
    expect((await ask(5, checkpoint(9).replace('9', '8'), proof)).status).toBe(403);
    expect((await ask(5, checkpoint(9).replaceAll(NAME, 'example.com/other'), proof)).status).toBe(404);
    expect(await ask(3, checkpoint(9), proof)).toEqual({ status: 409, type: 'text/x.tlog.size', text: '5\n' });
    expect((await ask(5, checkpoint(9), proof.slice(1))).status).toBe(422);
    expect((await ask(5, checkpoint(9, hashes.toReversed()), proof)).status).toBe(422);
    expect((await ask(5, checkpoint(5, hashes.toReversed()))).status).toBe(422);
  });

  it('signs one of two histories that come at once', async () => {
    const both = await Promise.all([ask(0, checkpoint(4)), ask(0, checkpoint(4, hashes.toReversed()))]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
  });
});

describe('a second witness', () => {
  it('cosigns what the hub accepted, after it was away too, and sees through a hub that changes its mind', async () => {
    const hub = await openTestHub();
    const screen = await enrolScreen(hub);
    await upload(hub, screen, batch(0, [play(screen.id, 0)]));
    const { logs } = auditLogsResponseSchema.parse(await (await asManager(hub, '/api/audit/logs')).json());
    await hub.hub.close();

    const other = await openTestHub({ witnessFor: [logs[0]!.logKey] });
    const served: ServedHub = await serveHub(other.hub, { host: '127.0.0.1', port: 0 });
    const key = await witnessOf(other);
    const witnessed = await openTestHub({ dataDir: hub.dataDir, secondWitness: { url: served.url, key } });
    await upload(witnessed, screen, batch(1, [play(screen.id, 1)]));
    const secondRows = async () => auditLogsResponseSchema.parse(await (await asManager(witnessed, '/api/audit/logs')).json()).logs[0]!.secondWitnessRows;
    await expect.poll(secondRows).toBe(2);
    await upload(witnessed, screen, batch(2, [play(screen.id, 2), play(screen.id, 3)]));
    await expect.poll(secondRows).toBe(4);
    const record = (await (await asManager(witnessed, `/api/audit/records/${screen.id}/${logs[0]!.epoch}/3`)).json()) as { proof: { signers: { role: string }[] } };
    expect(record.proof.signers.map(({ role }) => role)).toEqual(['screen', 'hub', 'witness']);
    await witnessed.close();
    await served.close();
    await other.close();
  });
});
