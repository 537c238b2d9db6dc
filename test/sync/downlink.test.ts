import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Creative, Programme } from '../../src/contract/index.ts';
import { openMediaStore, openProgrammeStore, startDownlink, type Downlink, type MediaStore, type ProgrammeStore } from '../../src/sync/index.ts';
import { newCreative, newProgramme } from '../contract/builders.ts';
import { startHubDouble, type HubDouble } from './hub-double.ts';
import { newScreen, QUICK, type ScreenDouble, someBytes, soon } from './screen-double.ts';

const HOUR = 3_600_000;

function upload(hub: HubDouble, bytes: Buffer, fields: Partial<Creative> = {}): Creative {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  hub.media.set(sha256, bytes);
  return newCreative({ id: `creative-${sha256.slice(0, 8)}`, sha256, bytes: bytes.byteLength, ...fields });
}

interface Running {
  readonly screen: ScreenDouble;
  readonly programmes: ProgrammeStore;
  readonly media: MediaStore;
  readonly downlink: Downlink;
  /** Versions in the order in which they were switched to. */
  readonly shown: number[];
}

async function start(hub: HubDouble, screen?: ScreenDouble): Promise<Running> {
  const ours = screen ?? (await newScreen(hub));
  const media = await openMediaStore({ dir: join(ours.dir, 'media') });
  const programmes = openProgrammeStore({ dir: ours.dir, hubPublicKey: hub.publicKey, onTrouble: ours.onTrouble });
  const shown: number[] = [];
  const downlink = startDownlink({
    hub: ours.hub,
    hubPublicKey: hub.publicKey,
    log: ours.log,
    programmes,
    media,
    random: Math.random,
    onProgramme: (programme) => {
      for (const creative of programme.creatives) expect(media.has(creative.sha256)).toBe(true);
      shown.push(programme.version);
    },
    onTrouble: ours.onTrouble,
    pollMs: HOUR,
    backOff: QUICK,
  });
  onTestFinished(() => downlink.close());
  return { screen: ours, programmes, media, downlink, shown };
}

async function untilShown(running: Running, versions: number[]): Promise<void> {
  await soon(() => expect(running.shown).toEqual(versions));
}

async function untilTrouble(running: Running, code: string): Promise<void> {
  await soon(() => expect(running.screen.troubles).toContain(code));
}

function published(hub: HubDouble, version: number, fields: Partial<Programme> = {}): Programme {
  const programme = newProgramme({ version, creatives: [upload(hub, someBytes(50_000))], ...fields });
  hub.publish(programme);
  return programme;
}

describe('the downlink', () => {
  it('waits without complaint while nothing was published, then shows what is, as soon as the hub says so', async () => {
    const hub = await startHubDouble();
    const running = await start(hub);
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
    const running = await start(hub);
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
    const running = await start(hub, deaf);
    published(hub, 1);
    expect(await running.downlink.pullNow()).toBe(true);
    await untilShown(running, [1]);
  });

  it('refuses a programme that the pinned hub did not sign, and keeps the one it has', async () => {
    const hub = await startHubDouble();
    const running = await start(hub);
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
    const running = await start(hub);
    published(hub, 1);
    await untilShown(running, [1]);
    hub.publish({ ...newProgramme({ version: 2 }), creatives: [] });
    await untilTrouble(running, 'programme-invalid');
    expect(running.screen.messages.at(-1)).toContain('creatives:');
    expect(running.programmes.active()?.programme.version).toBe(1);
  });

  it('refuses to go back to an old programme, also one that the hub once signed, also after a restart', async () => {
    const hub = await startHubDouble();
    const running = await start(hub);
    const old = published(hub, 3);
    await untilShown(running, [3]);
    published(hub, 4);
    await untilShown(running, [3, 4]);
    await running.downlink.close();

    hub.publish(old);
    const restarted = await start(hub, running.screen);
    await untilTrouble(restarted, 'programme-rollback');
    expect(restarted.programmes.active()?.programme.version).toBe(4);
  });

  it('refuses another programme under the version that it shows', async () => {
    const hub = await startHubDouble();
    const running = await start(hub);
    published(hub, 1);
    await untilShown(running, [1]);
    published(hub, 1, { name: 'Not the same' });
    await untilTrouble(running, 'programme-changed');
    expect(running.shown).toEqual([1]);
  });

  it('switches only when every file is here; until then the old programme stays', async () => {
    const hub = await startHubDouble();
    const running = await start(hub);
    published(hub, 1);
    await untilShown(running, [1]);
    const late = someBytes(20_000);
    const [here, missing] = [upload(hub, someBytes(20_000)), upload(hub, late)];
    hub.media.delete(missing.sha256);
    hub.publish(newProgramme({ version: 2, creatives: [here, missing] }));
    await untilTrouble(running, 'hub-refused');
    expect(running.media.has(here.sha256)).toBe(true);
    expect(running.programmes.active()?.programme.version).toBe(1);
    upload(hub, late);
    await untilShown(running, [1, 2]);
  });

  it('goes on with a download where it broke off', async () => {
    const hub = await startHubDouble();
    const running = await start(hub);
    hub.breakAfter = 40_000;
    const creative = upload(hub, someBytes(100_000));
    hub.publish(newProgramme({ creatives: [creative] }));
    await untilShown(running, [1]);
    // How much of a broken answer arrives is up to the network; what arrived is not asked for again.
    const resumedAt = hub.ranges.filter((range) => range !== null).map((range) => Number(/^bytes=(\d+)-$/.exec(range)?.[1]));
    expect(resumedAt.length).toBeGreaterThan(0);
    expect(resumedAt).toEqual([...resumedAt].sort((one, other) => one - other));
    expect(resumedAt.every((from) => from > 0 && from < 100_000)).toBe(true);
    await running.media.verify(creative.sha256);
  });

  it('starts over when the answer does not continue what is here', async () => {
    const hub = await startHubDouble();
    const running = await start(hub);
    hub.breakAfter = 40_000;
    hub.contentRange = 'bytes 0-99999/100000';
    const creative = upload(hub, someBytes(100_000));
    hub.publish(newProgramme({ creatives: [creative] }));
    await untilTrouble(running, 'hub-answer');
    hub.breakAfter = null;
    await untilShown(running, [1]);
    await running.media.verify(creative.sha256);
  });

  it('removes a file with the wrong hash, says so, and takes the right one later', async () => {
    const hub = await startHubDouble();
    const running = await start(hub);
    const right = someBytes(30_000);
    const creative = upload(hub, right);
    hub.media.set(creative.sha256, someBytes(30_000));
    hub.publish(newProgramme({ creatives: [creative] }));
    await untilTrouble(running, 'media-hash');
    expect(running.media.has(creative.sha256)).toBe(false);
    expect(running.shown).toEqual([]);
    hub.media.set(creative.sha256, right);
    await untilShown(running, [1]);
    await soon(() => expect(running.screen.troubles.at(-1)).toBeNull());
  });

  it('takes no byte more than the programme announced', async () => {
    const hub = await startHubDouble();
    const running = await start(hub);
    const creative = upload(hub, someBytes(30_000), { bytes: 29_999 });
    hub.publish(newProgramme({ creatives: [creative] }));
    await untilTrouble(running, 'hub-answer');
    expect(running.screen.messages.at(-1)).toContain('29999');
    expect(readdirSync(join(running.screen.dir, 'media'))).toEqual([]);
  });

  it('fetches the media of the active programme again when one went missing', async () => {
    const hub = await startHubDouble();
    const running = await start(hub);
    const programme = published(hub, 1);
    await untilShown(running, [1]);
    const { sha256 } = programme.creatives[0]!;
    writeFileSync(running.media.path(sha256), 'rotten');
    await expect(running.media.verify(sha256)).rejects.toMatchObject({ code: 'media-corrupt' });
    expect(running.media.has(sha256)).toBe(false);
    expect(await running.downlink.pullNow()).toBe(true);
    await running.media.verify(sha256);
    expect(running.shown).toEqual([1]);
  });

  it('keeps the media of the programme before, and removes older ones', async () => {
    const hub = await startHubDouble();
    const running = await start(hub);
    const hashes: string[] = [];
    for (const version of [1, 2, 3]) {
      hashes.push(published(hub, version).creatives[0]!.sha256);
      await untilShown(running, [1, 2, 3].slice(0, version));
    }
    await soon(() => expect(readdirSync(join(running.screen.dir, 'media')).sort()).toEqual(hashes.slice(1).sort()));
  });

  it('says that the hub is away, and catches up when it is back', async () => {
    const hub = await startHubDouble();
    const screen = await newScreen(hub);
    hub.mishaps.push('lost request', 'lost request');
    published(hub, 1);
    const running = await start(hub, screen);
    await untilShown(running, [1]);
    expect(screen.troubles[0]).toBe('hub-offline');
    await soon(() => expect(screen.troubles.at(-1)).toBeNull());
  });
});

describe('the stored programme', () => {
  it('is verified again at the start: what was changed on disk gives way to the one before it', async () => {
    const hub = await startHubDouble();
    const running = await start(hub);
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
