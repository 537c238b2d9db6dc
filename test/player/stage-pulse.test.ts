import { expect, it } from 'vitest';
import { MAIN_ZONE } from '../../src/contract/index.ts';
import { createStagePulse } from '../../src/player/stage-pulse.ts';

const A = '01890a5d-ac96-774b-bcce-b302099a8057';
const B = '01890a5d-ac96-774b-bcce-b302099a8058';

function meter() {
  let monoMs = 1_000;
  const pulse = createStagePulse(() => ({ wallMs: 0, monoMs, quality: 'synced' }));
  const beat = (playId: string | null, presentedFrames: number): void => pulse.hear([{ type: 'heartbeat', zone: MAIN_ZONE, playId, presentedFrames }]);
  return { pass: (ms: number) => (monoMs += ms), beat, pulse, read: () => pulse.read({ expected: true, playId: A }) };
}

it('counts from the last new frame, not from the last sign of life', () => {
  const { pass, beat, read } = meter();
  beat(A, 30);
  pass(500);
  beat(A, 30);
  pass(500);
  expect(read()).toMatchObject({ silentMs: 500, frozenMs: 1_000 });
});

it('takes the first frames of the next creative for new ones, though there are fewer', () => {
  const { pass, beat, read } = meter();
  beat(A, 300);
  pass(500);
  beat(B, 2);
  expect(read()).toMatchObject({ silentMs: 0, frozenMs: 0 });
});

it('has begun with its first picture, and not any more when it was loaded anew', () => {
  const { pulse, read } = meter();
  pulse.hear([{ type: 'loaded' }, { type: 'shown', playId: A }]);
  expect(read().begun).toBe(true);
  pulse.hear([{ type: 'loaded' }]);
  expect(read().begun).toBe(false);
});

it('owes a picture from when it was told to show one, and nothing while there is nothing to show', () => {
  const { pass, pulse, beat, read } = meter();
  pass(60_000);
  expect(read().lateMs).toBe(0);
  for (const [zone, playId] of [['side', B], [MAIN_ZONE, A]] as const) {
    pulse.told({ type: 'prepare', playId, zone, kind: 'image', url: '', mediaType: 'image/png', durationMs: 1_000, name: zone, presentation: { fit: 'contain', background: '#000000', volumePercent: 0, safeAreaPercent: 0 } });
    pulse.told({ type: 'show', playId, transition: { kind: 'cut', ms: 0 }, inMs: 0 });
    pass(1_000);
  }
  expect(read().lateMs).toBe(1_000);
  beat(A, 1);
  pass(200);
  expect(read().lateMs).toBe(200);
  pulse.lost();
  pass(5_000);
  expect(read()).toMatchObject({ lateMs: 0, begun: false });
});

it('is silent from the start until the page says something', () => {
  const { pass, read } = meter();
  pass(7_000);
  expect(read()).toMatchObject({ silentMs: 7_000, frozenMs: 7_000 });
});
