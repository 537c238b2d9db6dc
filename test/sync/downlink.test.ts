import { generateKeyPairSync, sign } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openProgrammeStore } from '../../src/sync/index.ts';
import { newProgramme } from '../contract/builders.ts';
import { startHubDouble } from './hub-double.ts';
import { published, startRunning, untilShown, untilTrouble } from './running-downlink.ts';
import { newScreen, soon } from './screen-double.ts';

describe('the downlink', () => {
  it('waits without complaint while nothing was published, then shows what is, as soon as the hub says so', async () => {
    const hub = await startHubDouble();
    const running = await startRunning(hub);
    expect(await running.downlink.pullNow()).toBe(true);
    const programme = published(hub, 1);
    await untilShown(running, [1]);
    expect(running.programmes.active()?.programme).toEqual(programme);
    const again = published(hub, 2);
    await untilShown(running, [1, 2]);
    expect(running.programmes.active()?.programme).toEqual(again);
    expect(running.screen.troubles).toEqual([]);
  });

  it('has everything on disk for a start without any network', async () => {
    const hub = await startHubDouble();
    const running = await startRunning(hub);
    const programme = published(hub, 1);
    await untilShown(running, [1]);
    await hub.close();
    const reopened = openProgrammeStore({ dir: running.screen.dir, hubPublicKey: hub.publicKey, onTrouble: (trouble) => expect.unreachable(trouble.message) });
    expect(reopened.active()?.programme).toEqual(programme);
    await running.media.verify(programme.creatives[0]!.sha256);
  });

  it('polls as well: the event only makes it quick', async () => {
    const hub = await startHubDouble();
    const screen = await newScreen(hub);
    const deaf = { ...screen, hub: { ...screen.hub, events: async function* () { await Promise.resolve(); } } };
    const running = await startRunning(hub, deaf);
    published(hub, 1);
    expect(await running.downlink.pullNow()).toBe(true);
    await untilShown(running, [1]);
  });

  it('refuses a programme that the pinned hub did not sign, and keeps the one it has', async () => {
    const hub = await startHubDouble();
    const running = await startRunning(hub);
    published(hub, 1);
    await untilShown(running, [1]);

    const forged = newProgramme({ version: 2 });
    const stranger = generateKeyPairSync('ed25519').privateKey;
    hub.publish(forged, { signature: sign(null, Buffer.from(JSON.stringify(forged)), stranger).toString('base64') });
    await untilTrouble(running, 'programme-signature');
    expect(running.programmes.active()?.programme.version).toBe(1);
    expect(running.screen.log.setting('highestProgrammeVersion')).toBe(1);
  });

  it('refuses a signed programme that it cannot read, and says what is wrong with it', async () => {
    const hub = await startHubDouble();
    const running = await startRunning(hub);
    published(hub, 1);
    await untilShown(running, [1]);
    hub.publish({ ...newProgramme({ version: 2 }), creatives: [] });
    await untilTrouble(running, 'programme-invalid');
    expect(running.screen.messages.at(-1)).toContain('creatives:');
    expect(running.programmes.active()?.programme.version).toBe(1);
  });

  it('refuses to go back to an old programme, also one that the hub once signed, also after a restart', async () => {
    const hub = await startHubDouble();
    const running = await startRunning(hub);
    const old = published(hub, 3);
    await untilShown(running, [3]);
    published(hub, 4);
    await untilShown(running, [3, 4]);
    await running.downlink.close();

    hub.publish(old);
    const restarted = await startRunning(hub, running.screen);
    await untilTrouble(restarted, 'programme-rollback');
    expect(restarted.programmes.active()?.programme.version).toBe(4);
  });

  it('refuses another programme under the version that it shows', async () => {
    const hub = await startHubDouble();
    const running = await startRunning(hub);
    published(hub, 1);
    await untilShown(running, [1]);
    published(hub, 1, { name: 'Not the same' });
    await untilTrouble(running, 'programme-changed');
    expect(running.shown).toEqual([1]);
  });

  it('says that the hub is away, and catches up when it is back', async () => {
    const hub = await startHubDouble();
    const screen = await newScreen(hub);
    hub.mishaps.push('lost request', 'lost request');
    published(hub, 1);
    const running = await startRunning(hub, screen);
    await untilShown(running, [1]);
    expect(screen.troubles[0]).toBe('hub-offline');
    await soon(() => expect(screen.troubles.at(-1)).toBeNull());
  });
});

describe('the stored programme', () => {
  it('is verified again at the start: what was changed on disk gives way to the one before it', async () => {
    const hub = await startHubDouble();
    const running = await startRunning(hub);
    published(hub, 1);
    await untilShown(running, [1]);
    published(hub, 2);
    await untilShown(running, [1, 2]);
    const file = join(running.screen.dir, 'programme.json');
    writeFileSync(file, readFileSync(file, 'utf8').replace('Fresh coffee', 'Free coffee!'));

    const troubles: string[] = [];
    const reopened = openProgrammeStore({ dir: running.screen.dir, hubPublicKey: hub.publicKey, onTrouble: (trouble) => troubles.push(trouble.code) });
    expect([troubles, reopened.active()?.programme.version]).toEqual([['programme-signature'], 1]);
  });

  it('does not exist before the first one came', async () => {
    const hub = await startHubDouble();
    const screen = await newScreen(hub);
    expect(openProgrammeStore({ dir: screen.dir, hubPublicKey: hub.publicKey, onTrouble: (trouble) => expect.unreachable(trouble.message) }).active()).toBeNull();
    expect(existsSync(join(screen.dir, 'programme.json'))).toBe(false);
  });
});
