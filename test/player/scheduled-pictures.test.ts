import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, onTestFinished, vi, describe } from 'vitest';
import { LitfassError, type StagePicture } from '../../src/contract/index.ts';
import { startScheduledPictures } from '../../src/player/scheduled-pictures.ts';

const HOUR = 3_600_000;

beforeEach(() => {
  vi.useFakeTimers({ now: Date.UTC(2026, 4, 4) });
});
afterEach(() => {
  vi.useRealTimers();
});

function rig({ bytes = 1_000, hubSays = null }: { bytes?: number; hubSays?: LitfassError | null } = {}) {
  const dataDir = mkdtempSync(join(tmpdir(), 'litfass-pictures-'));
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
  const sent: StagePicture[] = [];
  const troubles: (string | null)[] = [];
  const screen = { isOpen: true, taken: 0 };
  const pictures = startScheduledPictures({
    dataDir,
    clock: () => ({ wallMs: Date.now(), monoMs: 0, quality: 'synced' }),
    stage: () => (screen.isOpen ? { picture: () => Promise.resolve(Buffer.alloc(bytes, ++screen.taken).toString('base64')) } : null),
    send: (picture) => (hubSays === null ? Promise.resolve(void sent.push(picture)) : Promise.reject(hubSays)),
    onTrouble: (problem) => troubles.push(problem?.code ?? null),
  });
  onTestFinished(() => pictures.close());
  const folder = join(dataDir, 'pictures');
  return { pictures, sent, troubles, screen, folder, kept: () => (existsSync(folder) ? readdirSync(folder) : []) };
}

describe('pictures on schedule', () => {
  it('are taken soon after the programme asks for them, then as often as it says, and sent once each', async () => {
    const { pictures, sent, kept, folder } = rig();
    pictures.follow({ everyMs: HOUR });
    await vi.advanceTimersByTimeAsync(29_000);
    expect(sent).toEqual([]);
    await vi.advanceTimersByTimeAsync(3 * HOUR + 2_000);
    expect(sent).toHaveLength(4);
    expect(sent.map(({ takenMs }, index) => takenMs - (sent[index - 1]?.takenMs ?? takenMs))).toEqual([0, HOUR, HOUR, HOUR]);
    expect(kept()).toEqual(sent.map(({ takenMs }) => `${takenMs}.jpg`));
    expect(readFileSync(join(folder, kept()[0]!))).toEqual(Buffer.alloc(1_000, 1));
    expect(statSync(folder).mode & 0o077).toBe(0);
  });

  it('are not taken again because a new programme asks for the same', async () => {
    const { pictures, sent } = rig();
    pictures.follow({ everyMs: HOUR });
    for (let minute = 0; minute < 60; minute += 1) {
      await vi.advanceTimersByTimeAsync(60_000);
      pictures.follow({ everyMs: HOUR });
    }
    expect(sent).toHaveLength(1);
  });

  it('stop, and go from the disk, when the programme asks no more', async () => {
    const { pictures, sent, kept } = rig();
    pictures.follow({ everyMs: HOUR });
    await vi.advanceTimersByTimeAsync(2 * HOUR);
    expect(kept().length).toBe(2);
    pictures.follow(undefined);
    await vi.advanceTimersByTimeAsync(5 * HOUR);
    expect(sent).toHaveLength(2);
    expect(kept()).toEqual([]);
  });

  it('are kept in a number and a size that fill no disk, the newest of them', async () => {
    const many = rig();
    many.pictures.follow({ everyMs: 60_000 });
    await vi.advanceTimersByTimeAsync(HOUR);
    expect(many.kept()).toHaveLength(24);
    expect(many.kept()).toEqual(many.sent.slice(-24).map(({ takenMs }) => `${takenMs}.jpg`));
    const large = rig({ bytes: 290_000 });
    large.pictures.follow({ everyMs: 60_000 });
    await vi.advanceTimersByTimeAsync(HOUR);
    expect(large.kept()).toHaveLength(13);
    expect(large.kept().at(-1)).toBe(`${large.sent.at(-1)!.takenMs}.jpg`);
  });

  it('wait for the next time when there is no stage, and when the hub is away; other troubles are said', async () => {
    const dark = rig();
    dark.screen.isOpen = false;
    dark.pictures.follow({ everyMs: HOUR });
    await vi.advanceTimersByTimeAsync(HOUR - 1_000);
    dark.screen.isOpen = true;
    await vi.advanceTimersByTimeAsync(HOUR);
    expect(dark.sent).toHaveLength(1);
    const alone = rig({ hubSays: new LitfassError('hub-offline', 'away') });
    alone.pictures.follow({ everyMs: HOUR });
    await vi.advanceTimersByTimeAsync(HOUR);
    expect([alone.troubles, alone.kept().length]).toEqual([[], 1]);
    const refused = rig({ hubSays: new LitfassError('too-many-pictures', 'no') });
    refused.pictures.follow({ everyMs: HOUR });
    await vi.advanceTimersByTimeAsync(HOUR);
    expect(refused.troubles).toEqual(['too-many-pictures']);
  });
});
