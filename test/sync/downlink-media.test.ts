import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { newProgramme } from '../contract/builders.ts';
import { startHubDouble } from './hub-double.ts';
import { published, startRunning, untilShown, untilTrouble, upload } from './running-downlink.ts';
import { someBytes, soon } from './screen-double.ts';

describe('the media of a programme', () => {
  it('are all here before the screen switches; until then the old programme stays', async () => {
    const hub = await startHubDouble();
    const running = await startRunning(hub);
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

  it('are downloaded from where it broke off', async () => {
    const hub = await startHubDouble();
    const running = await startRunning(hub);
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

  it('are downloaded from the start when the answer does not continue what is here', async () => {
    const hub = await startHubDouble();
    const running = await startRunning(hub);
    hub.breakAfter = 40_000;
    hub.contentRange = 'bytes 0-99999/100000';
    const creative = upload(hub, someBytes(100_000));
    hub.publish(newProgramme({ creatives: [creative] }));
    await untilTrouble(running, 'hub-answer');
    hub.breakAfter = null;
    await untilShown(running, [1]);
    await running.media.verify(creative.sha256);
  });

  it('are removed when their hash is wrong, which is said, and taken when it is right', async () => {
    const hub = await startHubDouble();
    const running = await startRunning(hub);
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

  it('are not taken by one byte more than the programme announced', async () => {
    const hub = await startHubDouble();
    const running = await startRunning(hub);
    const creative = upload(hub, someBytes(30_000), { bytes: 29_999 });
    hub.publish(newProgramme({ creatives: [creative] }));
    await untilTrouble(running, 'hub-answer');
    expect(running.screen.messages.at(-1)).toContain('29999');
    // It is asked for again meanwhile, and then there is a part for a moment.
    await soon(() => expect(readdirSync(join(running.screen.dir, 'media'))).toEqual([]));
  });

  it('are fetched again when one went missing', async () => {
    const hub = await startHubDouble();
    const running = await startRunning(hub);
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

  it('stay for one programme more, and then go', async () => {
    const hub = await startHubDouble();
    const running = await startRunning(hub);
    const hashes: string[] = [];
    for (const version of [1, 2, 3]) {
      hashes.push(published(hub, version).creatives[0]!.sha256);
      await untilShown(running, [1, 2, 3].slice(0, version));
    }
    await soon(() => expect(readdirSync(join(running.screen.dir, 'media')).sort()).toEqual(hashes.slice(1).sort()));
  });
});
