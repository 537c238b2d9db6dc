import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Layout } from '../../src/contract/index.ts';
import { StageLink } from '../../src/playback/index.ts';
import { creative, playlist, programme } from '../programme-fixture.ts';
import { rig } from './conductor-rig.ts';

const divided: Layout = {
  id: 'divided',
  columns: 4,
  rows: 2,
  zones: [
    { id: 'main', column: 1, row: 1, columnSpan: 3, rowSpan: 2 },
    { id: 'side', column: 4, row: 1, columnSpan: 1, rowSpan: 2 },
  ],
};
const creatives = [creative('a', { durationMs: 5_000 }), creative('b', { durationMs: 5_000 }), creative('s', { zone: 'side', durationMs: 3_000 }), creative('t', { zone: 'side', durationMs: 3_000 })];

beforeEach(() => {
  // A Wednesday, 10:53:20 in Berlin.
  vi.useFakeTimers({ now: 1_760_000_000_000 });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a divided panel', () => {
  it('plays in each zone what belongs there, and no zone waits for another', async () => {
    const { conductor, plays, stage } = rig();
    conductor.setProgramme(programme(creatives, { layouts: [divided] }));
    await vi.advanceTimersByTimeAsync(31_000);
    const of = (zone: string) => plays.filter((play) => play.zone === zone);
    expect([of('main').length, of('side').length]).toEqual([6, 10]);
    expect(new Set(of('main').map((play) => play.creative.id))).toEqual(new Set(['a', 'b']));
    expect(new Set(of('side').map((play) => play.creative.id))).toEqual(new Set(['s', 't']));
    expect(plays.every(({ endReason, presentedFrames }) => endReason === 'ended' && presentedFrames > 100)).toBe(true);
    expect(conductor.inFront.map(({ zone }) => zone)).toEqual(['main', 'side']);
    expect(stage.commands.filter(({ type }) => type === 'layout').at(-1)).toEqual({
      type: 'layout',
      rotation: 0,
      zones: [
        { id: 'main', leftPercent: 0, topPercent: 0, widthPercent: 75, heightPercent: 100 },
        { id: 'side', leftPercent: 75, topPercent: 0, widthPercent: 25, heightPercent: 100 },
      ],
    });
  });

  it('goes on in one zone while all of another is broken', async () => {
    const { conductor, plays, faults } = rig({ s: 'broken', t: 'never-ready' });
    conductor.setProgramme(programme(creatives, { layouts: [divided] }));
    await vi.advanceTimersByTimeAsync(21_000);
    expect(plays.map(({ zone, endReason }) => `${zone} ${endReason}`)).toEqual(Array<string>(4).fill('main ended'));
    expect(new Set(faults.map(({ creativeId }) => creativeId))).toEqual(new Set(['s', 't']));
  });

  it('changes with its hours: a zone that stays plays on, the plays of one that goes are logged', async () => {
    const { conductor, plays, stage } = rig();
    const until11 = { ...divided, schedule: [{ dayparts: [{ from: '00:00', to: '10:54' }] }] };
    conductor.setProgramme(programme([creative('a', { durationMs: 300_000 }), creative('s', { zone: 'side', durationMs: 300_000 })], { layouts: [until11] }));
    await vi.advanceTimersByTimeAsync(39_000);
    expect(conductor.inFront).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(3_000);
    expect(plays.map(({ zone, endReason }) => [zone, endReason])).toEqual([['side', 'interrupt']]);
    expect(plays[0]!.durationMs).toBeGreaterThanOrEqual(39_000);
    expect(conductor.inFront.map(({ creative: { id } }) => id)).toEqual(['a']);
    expect(stage.commands.findLast(({ type }) => type === 'layout')).toMatchObject({ zones: [{ id: 'main', widthPercent: 100 }] });
  });

  it('tells the page how the panel hangs, before there is a programme', () => {
    expect(rig({}, [], { rotation: 90 }).stage.commands).toEqual([{ type: 'layout', rotation: 90, zones: [{ id: 'main', leftPercent: 0, topPercent: 0, widthPercent: 100, heightPercent: 100 }] }]);
  });
});

describe('a playlist on the stage', () => {
  it('loses no turn to an audience that changed its mind, and says by which way each creative came', async () => {
    const { conductor, plays } = rig();
    conductor.setProgramme(programme(['a', 'b', 'c'].map((id) => creative(id)), { playlists: [playlist('list-x', ['a', 'list-y']), playlist('list-y', ['b', 'c'])] }));
    await vi.advanceTimersByTimeAsync(26_000);
    conductor.setProgramme(programme(['a', 'b', 'c'].map((id) => creative(id)), { version: 2, playlists: [playlist('list-x', ['a', 'list-y']), playlist('list-y', ['b', 'c'])] }));
    await vi.advanceTimersByTimeAsync(15_000);
    expect(plays.map(({ creative: { id } }) => id).join('')).toBe('abacabac');
    expect(plays[1]!.decision.reason.playlist).toEqual(['list-x', 'list-y']);
  });
});

describe('a creative that fails again and again', () => {
  it('is said once, and once more when it is set aside, not at each try, and again when it had been well', async () => {
    const { conductor, faults, stage } = rig({ bad: 'broken' });
    conductor.setProgramme(programme([creative('bad', { weight: 1_000 }), creative('good')]));
    await vi.advanceTimersByTimeAsync(3 * 3_600_000);
    expect(stage.commands.filter((command) => command.type === 'prepare' && command.name === 'bad').length).toBeGreaterThan(5);
    expect(faults.map(({ code }) => code)).toEqual(['decode', 'set-aside']);
    expect(faults[1]!.message).toContain('tried again after 2 min');
    stage.behaviour.bad = 'good';
    await vi.advanceTimersByTimeAsync(2 * 3_600_000);
    stage.behaviour.bad = 'broken';
    await vi.advanceTimersByTimeAsync(60_000);
    expect(faults.slice(2).map(({ code }) => code)).toEqual(['decode']);
  });

  it('is let off when nothing else is left that fits, rather than leave the screen dark', async () => {
    const { conductor, stage } = rig({ a: 'broken' });
    conductor.setProgramme(programme([creative('a'), creative('b', { tier: 'audience', criteria: [{ metric: 'present', condition: 'at-least', value: 1 }] })]));
    await vi.advanceTimersByTimeAsync(1_000_000);
    stage.behaviour.a = 'good';
    await vi.advanceTimersByTimeAsync(35_000);
    expect(conductor.nowPlaying?.creative.id).toBe('a');
  });
});

describe('a page that looks on', () => {
  it('is told the layout first, then what each zone shows', async () => {
    vi.useRealTimers();
    const link = new StageLink();
    const zones = ['main', 'side'].map((id, index) => ({ id, leftPercent: 50 * index, topPercent: 0, widthPercent: 50, heightPercent: 100 }));
    const [one, two] = ['01890a5d-ac96-774b-bcce-b30209900001', '01890a5d-ac96-774b-bcce-b30209900002'];
    link.send({ type: 'layout', zones, rotation: 0 });
    for (const [zone, playId] of [['main', one], ['side', two]] as const) link.send({ type: 'prepare', playId, zone, kind: 'image', url: '../media/x', mediaType: 'image/png', durationMs: 1_000, name: zone, presentation: { fit: 'contain', background: '#000000', volumePercent: 0, safeAreaPercent: 0 } });
    link.send({ type: 'show', playId: one, transition: { kind: 'fade', ms: 400 }, inMs: 0 });
    const reader = link.open('view').getReader();
    const lines: { type: string; playId?: string; transition?: unknown }[] = [];
    while (lines.at(-1)?.type !== 'ping') lines.push(JSON.parse(new TextDecoder().decode((await reader.read()).value)) as { type: string });
    expect(lines.map(({ type, playId }) => [type, playId])).toEqual([['layout', undefined], ['prepare', one], ['show', one], ['prepare', two], ['ping', undefined]]);
    expect(lines[2]!.transition).toEqual({ kind: 'cut', ms: 0 });
    link.close();
  });
});
