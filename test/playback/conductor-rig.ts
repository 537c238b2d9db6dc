import { vi } from 'vitest';
import { LitfassError, type ClockReading, type Fault, type Play } from '../../src/contract/index.ts';
import { Conductor, type ConductorParts } from '../../src/playback/index.ts';
import { FakeStage, type Behaviour } from './fake-stage.ts';

/** A conductor before such a stage; its journal is kept in memory. */
export function rig(behaviour: Record<string, Behaviour> = {}, corrupt: readonly string[] = [], over: Partial<ConductorParts> = {}) {
  const stage = new FakeStage();
  Object.assign(stage.behaviour, behaviour);
  const started: Play[] = [];
  const plays: Play[] = [];
  const faults: Fault[] = [];
  const doubted: string[] = [];
  const progressed: { durationMs: number; presentedFrames: number }[] = [];
  const onStageSilent = vi.fn();
  let seed = 0;
  const startMs = Date.now();
  const conductor = new Conductor({
    clock: (): ClockReading => ({ wallMs: Date.now(), monoMs: Date.now() - startMs, quality: 'synced' }),
    random: () => ((seed += 0.37), seed % 1),
    timeZone: 'Europe/Berlin',
    screenId: 'shelf-1',
    bootId: '01890a5d-ac96-774b-bcce-b302099a8057',
    stage,
    media: {
      verify: (sha256) => {
        if (corrupt.includes(sha256)) return Promise.reject(new LitfassError('media-corrupt', `${sha256} is corrupt`));
        return new Promise((resolve) => setTimeout(resolve, sha256.startsWith('eee') ? 10_000 : 0));
      },
      doubt: (sha256) => doubted.push(sha256),
    },
    journal: { started: (play) => started.push(play), progressed: (at) => progressed.push(at), finished: (play) => plays.push(play), fault: (fault) => faults.push(fault) },
    onStageSilent,
    ...over,
  });
  stage.hear = (events) => conductor.stageEvents(events);
  return { stage, conductor, started, plays, faults, doubted, progressed, onStageSilent };
}
