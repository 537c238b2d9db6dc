import { describe, expect, it } from 'vitest';
import { MAIN_ZONE, type StageCommand, type StageEvent } from '../../src/contract/index.ts';
import { StageCast, StageLink } from '../../src/playback/index.ts';

const ids = [1, 2, 3].map((number) => `01890a5d-ac96-774b-bcce-b3020990000${number}`);
const [first, second, third] = ids as [string, string, string];

function rig() {
  const link = new StageLink();
  const heard: StageEvent[] = [];
  const cast = new StageCast(link, (events) => heard.push(...events));
  cast.announce('1');
  link.send({ type: 'layout', zones: [{ id: MAIN_ZONE, leftPercent: 0, topPercent: 0, widthPercent: 100, heightPercent: 100 }], rotation: 0 });
  const prepare = (playId: string): void => link.send({ type: 'prepare', playId, zone: MAIN_ZONE, kind: 'image', url: '../media/x', mediaType: 'image/png', durationMs: 1_000, name: playId, presentation: { fit: 'contain', background: '#000000', volumePercent: 0, safeAreaPercent: 0 } });
  const show = (playId: string): void => link.send({ type: 'show', playId, transition: { kind: 'fade', ms: 400 }, inMs: 0 });
  const beat = (playId: string, presentedFrames: number): StageEvent => ({ type: 'heartbeat', zone: MAIN_ZONE, playId, presentedFrames });
  return { link, cast, heard, prepare, show, beat };
}

async function read(stream: ReadableStream<Uint8Array> | null, lines: number): Promise<StageCommand[]> {
  const reader = stream!.getReader();
  const commands: StageCommand[] = [];
  while (commands.length < lines) commands.push(JSON.parse(new TextDecoder().decode((await reader.read()).value)) as StageCommand);
  return commands;
}

describe('a page that the shell did not open', () => {
  it('has no part: it gets no line, nobody hears it, and the stage goes on', () => {
    const { link, cast, heard, prepare, show, beat } = rig();
    cast.open('screen', '1');
    prepare(first);
    show(first);
    for (const life of ['x', '', '0', '2']) {
      expect(cast.open('screen', life)).toBeNull();
      cast.report(life, [{ type: 'shown', playId: second }]);
    }
    cast.report('1', [beat(first, 7)]);
    expect(heard).toEqual([beat(first, 7)]);
    expect(link.connected).toBe(true);
    link.close();
  });

  it('any more, because it hung and was opened anew, must not take the stage back', () => {
    const { link, cast } = rig();
    expect(cast.open('screen', '1')).not.toBeNull();
    cast.announce('2');
    expect(cast.open('screen', '1')).toBeNull();
    expect(cast.open('screen', '2')).not.toBeNull();
    link.close();
  });

  it('may look on', () => {
    const { link, cast } = rig();
    expect(cast.open('view', 'x')).not.toBeNull();
    link.close();
  });
});

describe('a page that is to take over', () => {
  it('is told what is in front and on its way, and then all that the page in front is told', async () => {
    const { link, cast, prepare, show } = rig();
    cast.open('screen', '1');
    prepare(first);
    show(first);
    prepare(second);
    cast.call('2');
    const line = cast.open('screen', '2');
    show(second);
    expect((await read(line, 6)).map((command) => [command.type, 'playId' in command ? command.playId : ''])).toEqual([['layout', ''], ['prepare', first], ['show', first], ['prepare', second], ['ping', ''], ['show', second]]);
    link.close();
  });

  it('is heard by nobody before, and is in step only with a creative that came on in both', () => {
    const { link, cast, heard, prepare, show, beat } = rig();
    cast.open('screen', '1');
    cast.report('1', [{ type: 'loaded' }]);
    prepare(first);
    show(first);
    const understudy = cast.call('2');
    expect(understudy.isUp).toBe(false);
    cast.open('screen', '2');
    cast.report('2', [{ type: 'loaded' }, { type: 'prepared', playId: first }, { type: 'shown', playId: first }, beat(first, 20)]);
    expect([understudy.isUp, understudy.isInStep]).toEqual([true, false]);
    prepare(second);
    show(second);
    expect(understudy.isUp).toBe(false);
    cast.report('2', [{ type: 'shown', playId: second }]);
    expect(understudy.isInStep).toBe(true);
    expect(heard).toEqual([{ type: 'loaded' }]);
    link.close();
  });

  it('goes on with the play in front, whose frames on both pages are counted, and says what nobody heard', () => {
    const { link, cast, heard, prepare, show, beat } = rig();
    cast.open('screen', '1');
    prepare(first);
    show(first);
    cast.report('1', [beat(first, 3_600)]);
    const understudy = cast.call('2');
    cast.open('screen', '2');
    prepare(second);
    cast.report('2', [{ type: 'shown', playId: first }, beat(first, 100), { type: 'prepared', playId: second }]);
    heard.length = 0;
    understudy.takeOver();
    expect(heard).toEqual([{ type: 'shown', playId: first }, { type: 'prepared', playId: second }]);
    cast.report('2', [beat(first, 130)]);
    expect(heard.at(-1)).toMatchObject({ presentedFrames: 3_630 });
    show(second);
    cast.report('2', [{ type: 'retired', playId: first, presentedFrames: 160 }, { type: 'shown', playId: second }, beat(second, 5)]);
    expect(heard.slice(-3)).toMatchObject([{ presentedFrames: 3_660 }, { type: 'shown' }, { presentedFrames: 5 }]);
    link.close();
  });

  it('leaves the one before nothing: neither a line nor a word', () => {
    const { link, cast, heard } = rig();
    cast.open('screen', '1');
    const understudy = cast.call('2');
    cast.open('screen', '2');
    understudy.takeOver();
    heard.length = 0;
    expect(cast.open('screen', '1')).toBeNull();
    cast.report('1', [{ type: 'loaded' }]);
    expect(heard).toEqual([]);
    expect(link.connected).toBe(true);
    link.close();
  });

  it('steps in for a page that was lost, and everything begins anew', () => {
    const { link, cast, heard, prepare, show } = rig();
    cast.open('screen', '1');
    prepare(first);
    show(first);
    const understudy = cast.call('2');
    cast.open('screen', '2');
    cast.report('2', [{ type: 'shown', playId: first }]);
    link.cut();
    expect(understudy.isUp).toBe(true);
    understudy.takeOver();
    expect(heard).toEqual([{ type: 'loaded' }]);
    expect(link.connected).toBe(true);
    link.close();
  });

  it('that is not wanted any more leaves the page in front where it is', () => {
    const { link, cast, heard, prepare, show, beat } = rig();
    cast.open('screen', '1');
    const understudy = cast.call('2');
    cast.open('screen', '2');
    prepare(third);
    show(third);
    understudy.dismiss();
    understudy.takeOver();
    cast.report('1', [beat(third, 7)]);
    cast.report('2', [beat(third, 9)]);
    expect(heard).toEqual([beat(third, 7)]);
    expect(cast.open('screen', '2')).toBeNull();
    link.close();
  });
});
