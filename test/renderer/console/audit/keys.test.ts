import { describe, expect, it } from 'vitest';
import type { AuditLogsResponse } from '../../../../src/contract/index.ts';
import { believedKeys } from '../../../../renderer/console/audit/keys/believed-keys.ts';
import { pinKey, readPinnedKeys, unpinKey } from '../../../../renderer/console/audit/keys/pinned-keys.ts';
import { EPOCH, ORIGIN, SCREEN, screenSigner, witnessSigner } from './tree.ts';

const hubsScreen = screenSigner();
const own = screenSigner();
const hub = witnessSigner('litfass/hub/0123456789abcdef', 1);
const customer = witnessSigner('customer.example/witness', 1);

const told: AuditLogsResponse = {
  witnesses: [{ name: 'litfass/hub/0123456789abcdef', role: 'hub', key: hub.key, url: null }],
  logs: [{ screenId: SCREEN, screenName: 'Entrance', epoch: EPOCH, origin: ORIGIN, logKey: hubsScreen.key, rows: 1, witnessedRows: 1, secondWitnessRows: null, firstReceivedMs: 1, lastReceivedMs: 1, alarms: 0 }],
};

/** What a browser keeps, in memory. */
function keeping(): Pick<Storage, 'getItem' | 'setItem'> {
  const kept = new Map<string, string>();
  return { getItem: (name) => kept.get(name) ?? null, setItem: (name, value) => void kept.set(name, value) };
}

describe('the keys that are believed', () => {
  it("are the hub's, and said to be, where the auditor has pinned none", () => {
    const { screen, witnesses } = believedKeys(ORIGIN, told, []);
    expect(screen).toEqual({ name: ORIGIN, key: hubsScreen.key, pinnedMs: null, hubSays: null });
    expect(witnesses.map(({ key }) => key)).toEqual([hub.key]);
  });

  it('are the pinned ones before the hub’s, and the hub’s other word is kept to be shown', async () => {
    const kept = keeping();
    await pinKey(kept, ` ${own.key}\n`, 5);
    expect(believedKeys(ORIGIN, told, readPinnedKeys(kept).keys).screen).toEqual({ name: ORIGIN, key: own.key, pinnedMs: 5, hubSays: hubsScreen.key });
  });

  it('hold a pinned witness that the hub leaves out', async () => {
    const kept = keeping();
    await pinKey(kept, customer.key, 5);
    expect(believedKeys(ORIGIN, told, readPinnedKeys(kept).keys).witnesses.map(({ key }) => key)).toEqual([hub.key, customer.key]);
  });

  it('do not take the key of another log', async () => {
    const kept = keeping();
    await pinKey(kept, screenSigner('litfass/elsewhere/x').key, 5);
    const believed = believedKeys(ORIGIN, told, readPinnedKeys(kept).keys);
    expect(believed.screen?.pinnedMs).toBeNull();
    expect(believed.witnesses).toHaveLength(1);
  });

  it('know none of a log that neither side knows', () => {
    expect(believedKeys('litfass/unknown/x', told, []).screen).toBeNull();
  });
});

describe('pinned keys', () => {
  it('are one for each name, the latest, until they are let go', async () => {
    const kept = keeping();
    await pinKey(kept, hubsScreen.key, 1);
    await pinKey(kept, customer.key, 2);
    await pinKey(kept, own.key, 3);
    expect(readPinnedKeys(kept).keys.map(({ key, pinnedMs }) => [key, pinnedMs])).toEqual([[customer.key, 2], [own.key, 3]]);
    unpinKey(kept, ORIGIN);
    expect(readPinnedKeys(kept).keys.map(({ key }) => key)).toEqual([customer.key]);
  });

  it('are refused when they are no keys', async () => {
    await expect(pinKey(keeping(), 'PRIVATE+KEY+x+12345678+AAAA', 1)).rejects.toMatchObject({ code: 'key-malformed' });
  });

  it('that cannot be read are said to be lost, not passed over', () => {
    const kept = keeping();
    kept.setItem('litfass-pinned-keys', '{"half":');
    expect(readPinnedKeys(kept)).toMatchObject({ keys: [], fault: expect.stringContaining('cannot be read') as string });
  });
});
