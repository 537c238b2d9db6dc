import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openLog } from '../../src/impressions/index.ts';
import { enrol, loadScreenKey, storedEnrolment, type EnrolOptions } from '../../src/sync/index.ts';
import { newFolder } from '../impressions/folder.ts';
import { startHubDouble } from './hub-double.ts';
import { QUICK, realClock } from './screen-double.ts';

async function options(fields: Partial<EnrolOptions> & { hubUrl: string }): Promise<EnrolOptions & { troubles: (string | null)[] }> {
  const dir = newFolder();
  const log = openLog({ file: join(dir, 'player.db') });
  onTestFinished(() => log.close());
  const troubles: (string | null)[] = [];
  return {
    log,
    code: 'RIGHT-CODE',
    name: 'Entrance',
    key: await loadScreenKey(dir),
    clock: realClock,
    random: Math.random,
    signal: AbortSignal.timeout(5_000),
    onTrouble: (trouble) => void troubles.push(trouble?.code ?? null),
    backOff: QUICK,
    troubles,
    ...fields,
  };
}

describe('enrolment', () => {
  it('gives the screen its name at the hub and pins the hub’s key, for good', async () => {
    const hub = await startHubDouble();
    const ours = await options({ hubUrl: hub.url });
    expect(storedEnrolment(ours.log)).toBeNull();
    const enrolment = await enrol(ours);
    expect(enrolment).toEqual({ hubUrl: hub.url, screenId: 'entrance', hubPublicKey: hub.publicKey });
    expect(storedEnrolment(ours.log)).toEqual(enrolment);
  });

  it('asked again with the same code gives the same answer without a network', async () => {
    const hub = await startHubDouble();
    const ours = await options({ hubUrl: hub.url });
    const first = await enrol(ours);
    await hub.close();
    expect(await enrol(ours)).toEqual(first);
  });

  it('keeps trying while the hub is away or its answer is lost, and says so once', async () => {
    const hub = await startHubDouble();
    hub.mishaps.push('lost request', 'lost answer', { status: 503 }, { status: 200, body: { hello: 'I am a router' } });
    const ours = await options({ hubUrl: hub.url });
    expect((await enrol(ours)).screenId).toBe('entrance');
    expect(ours.troubles[0]).toBe('hub-offline');
    expect(ours.troubles).toContain('hub-answer');
    expect(ours.troubles.at(-1)).toBeNull();
  });

  it('fails at once for a wrong code, in the hub’s words', async () => {
    const hub = await startHubDouble();
    await expect(enrol(await options({ hubUrl: hub.url, code: 'WRONG-CODE' }))).rejects.toMatchObject({ code: 'enrol-refused', message: expect.stringContaining('Make a new one') as string });
  });

  it('at another hub begins to count versions anew', async () => {
    const [one, other] = [await startHubDouble(), await startHubDouble()];
    const ours = await options({ hubUrl: one.url });
    await enrol(ours);
    ours.log.setSettings({ highestProgrammeVersion: 40 });
    await enrol({ ...ours, hubUrl: other.url });
    expect([ours.log.setting('hubPublicKey'), ours.log.setting('highestProgrammeVersion')]).toEqual([other.publicKey, 0]);
  });
});

describe('the screen’s key', () => {
  it('is made once, readable by this user alone, and never again', async () => {
    const dir = newFolder();
    const first = await loadScreenKey(dir);
    expect((await loadScreenKey(dir)).publicKey).toBe(first.publicKey);
    expect(Buffer.from(first.publicKey, 'base64')).toHaveLength(32);
    expect([statSync(join(dir, 'keys')).mode & 0o777, statSync(join(dir, 'keys', 'screen.key')).mode & 0o777]).toEqual([0o700, 0o600]);
  });

  it('is not replaced when it is damaged: the hub would not know the screen any more', async () => {
    const dir = newFolder();
    await loadScreenKey(dir);
    const path = join(dir, 'keys', 'screen.key');
    chmodSync(path, 0o600);
    writeFileSync(path, 'scratched');
    await expect(loadScreenKey(dir)).rejects.toMatchObject({ code: 'screen-key-damaged', message: expect.stringContaining(path) as string });
    expect(readFileSync(path, 'utf8')).toBe('scratched');
  });
});
