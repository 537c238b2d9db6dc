import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { StageCommand } from '../../src/contract/index.ts';
import { StageLink } from '../../src/playback/index.ts';
import { creative, programme } from '../programme-fixture.ts';
import { rig } from './conductor-rig.ts';

beforeEach(() => {
  vi.useFakeTimers({ now: 1_760_000_000_000 });
});
afterEach(() => {
  vi.useRealTimers();
});

const shows = (commands: readonly StageCommand[]) => commands.filter((command) => command.type === 'show');
const prepares = (commands: readonly StageCommand[]) => commands.filter((command) => command.type === 'prepare');

describe('how a creative is shown', () => {
  it('is what its content manager wished for, and what is usual for the rest', async () => {
    const { conductor, stage } = rig();
    conductor.setProgramme(
      programme([
        creative('plain', { name: 'plain' }),
        creative('page', { name: 'page', kind: 'html', mediaType: 'text/html', presentation: { madeFor: { widthPx: 1_920, heightPx: 1_080 } } }),
        creative('loud', { name: 'loud', kind: 'video', mediaType: 'video/mp4', presentation: { fit: 'cover', background: '#123456', volumePercent: 40, safeAreaPercent: 5, transition: { kind: 'push', ms: 250 } } }),
      ]),
    );
    await vi.advanceTimersByTimeAsync(60_000);
    const of = (name: string) => prepares(stage.commands).find((command) => command.name === name)!;
    expect(of('plain').presentation).toEqual({ fit: 'contain', background: '#000000', volumePercent: 0, safeAreaPercent: 0 });
    expect(of('page').presentation).toMatchObject({ background: '#ffffff', madeFor: { widthPx: 1_920, heightPx: 1_080 } });
    expect(of('loud').presentation).toEqual({ fit: 'cover', background: '#123456', volumePercent: 40, safeAreaPercent: 5 });
    const names = new Map(prepares(stage.commands).map(({ playId, name }) => [playId, name]));
    const [first, ...rest] = shows(stage.commands);
    expect(first!.transition, 'an empty zone').toEqual({ kind: 'cut', ms: 0 });
    for (const { playId, transition } of rest) expect(transition).toEqual(names.get(playId) === 'loud' ? { kind: 'push', ms: 250 } : { kind: 'fade', ms: 400 });
  });

  it('is told to the stage ahead of its slot, and counts from its slot on', async () => {
    const { conductor, plays, stage } = rig();
    const sentMs: number[] = [];
    const startMs = Date.now();
    const send = stage.send.bind(stage);
    stage.send = (command) => {
      if (command.type === 'show') sentMs.push(Date.now() - startMs + command.inMs);
      send(command);
    };
    conductor.setProgramme(programme([creative('a'), creative('b')]));
    await vi.advanceTimersByTimeAsync(26_000);
    expect(shows(stage.commands).map(({ inMs }) => inMs)).toEqual([0, 150, 150, 150, 150, 150]);
    for (const [index, play] of plays.entries()) {
      expect(play.endReason).toBe('ended');
      expect(sentMs[index + 1]).toBe(play.monoMs + play.plannedMs);
      expect(play.durationMs).toBeGreaterThanOrEqual(play.plannedMs);
    }
  });
});

describe('a page that looks on', () => {
  it('sees the picture upright and hears nothing, however the panel hangs and however loud it is', async () => {
    vi.useRealTimers();
    const link = new StageLink();
    const playId = '01890a5d-ac96-774b-bcce-b30209900001';
    const layout: StageCommand = { type: 'layout', zones: [{ id: 'main', leftPercent: 0, topPercent: 0, widthPercent: 100, heightPercent: 100 }], rotation: 90 };
    const prepare: StageCommand = { type: 'prepare', playId, zone: 'main', kind: 'video', url: '../media/x', mediaType: 'video/mp4', durationMs: 1_000, name: 'x', presentation: { fit: 'contain', background: '#000000', volumePercent: 70, safeAreaPercent: 0 } };
    link.send(layout);
    const [early, screen] = [link.open('view').getReader(), link.open('screen').getReader()];
    link.send(prepare);
    link.send({ type: 'show', playId, transition: { kind: 'fade', ms: 400 }, inMs: 150 });
    const late = link.open('view').getReader();
    const read = async (reader: ReadableStreamDefaultReader<Uint8Array>, lines: number) => {
      const commands: StageCommand[] = [];
      while (commands.length < lines) commands.push(JSON.parse(new TextDecoder().decode((await reader.read()).value)) as StageCommand);
      return commands.filter(({ type }) => type !== 'ping');
    };
    expect(await read(screen, 4)).toMatchObject([{ rotation: 90 }, { presentation: { volumePercent: 70 } }, { inMs: 150 }]);
    expect(await read(early, 4)).toMatchObject([{ rotation: 0 }, { presentation: { volumePercent: 0 } }, { inMs: 150, transition: { kind: 'fade' } }]);
    expect(await read(late, 4)).toMatchObject([{ rotation: 0 }, { presentation: { volumePercent: 0 } }, { inMs: 0, transition: { kind: 'cut' } }]);
    link.close();
  });
});
