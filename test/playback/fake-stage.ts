import { vi } from 'vitest';
import { LitfassError, MAIN_ZONE, type ClockReading, type Fault, type Play, type StageCommand, type StageEvent } from '../../src/contract/index.ts';
import { Conductor, type ConductorParts } from '../../src/playback/index.ts';

type Behaviour = 'good' | 'never-ready' | 'broken' | 'no-first-frame' | 'freezes';

interface Front {
  playId: string;
  frames: number;
  frozen: boolean;
}

/** A stage page as the conductor sees it, on the same fake clock. Creatives misbehave by name. */
export class FakeStage {
  connected = true;
  silent = false;
  readonly fronts = new Map<string, Front | null>([[MAIN_ZONE, null]]);
  readonly commands: StageCommand[] = [];
  readonly #prepared = new Map<string, { name: string; zone: string }>();
  readonly behaviour: Record<string, Behaviour> = {};
  hear: (events: StageEvent[]) => void = () => undefined;

  get front(): Front | null {
    return this.fronts.get(MAIN_ZONE) ?? null;
  }

  set front(front: Front | null) {
    this.fronts.set(MAIN_ZONE, front);
  }

  constructor() {
    setInterval(() => this.#beat(), 500);
  }

  send(command: StageCommand): void {
    this.commands.push(command);
    if (command.type === 'layout') for (const id of this.fronts.keys()) if (!command.zones.some((zone) => zone.id === id)) this.fronts.delete(id);
    if (command.type === 'prepare') {
      this.#prepared.set(command.playId, command);
      if (this.#is(command.playId) === 'broken') this.#later(20, { type: 'failed', playId: command.playId, code: 'decode', message: 'bad bytes', presentedFrames: 0 });
      else if (this.#is(command.playId) !== 'never-ready') this.#later(40, { type: 'prepared', playId: command.playId });
    }
    if (command.type === 'show' && this.#is(command.playId) !== 'no-first-frame') {
      const zone = this.#prepared.get(command.playId)?.zone ?? MAIN_ZONE;
      const before = this.fronts.get(zone) ?? null;
      this.fronts.set(zone, { playId: command.playId, frames: 1, frozen: this.#is(command.playId) === 'freezes' });
      const last: StageEvent[] = before === null ? [] : [{ type: 'retired', playId: before.playId, presentedFrames: before.frames }];
      this.#later(16, ...last, { type: 'shown', playId: command.playId });
    }
  }

  #is(playId: string): Behaviour {
    return this.behaviour[this.#prepared.get(playId)?.name ?? ''] ?? 'good';
  }

  #later(ms: number, ...events: StageEvent[]): void {
    setTimeout(() => this.hear(events), ms);
  }

  #beat(): void {
    if (this.silent) return;
    for (const [zone, front] of this.fronts) {
      if (front !== null && !front.frozen) front.frames += 30;
      this.hear([{ type: 'heartbeat', zone, playId: front?.playId ?? null, presentedFrames: front?.frames ?? 0 }]);
    }
  }
}

/** A conductor before such a stage; its journal is kept in memory. */
export function rig(behaviour: Record<string, Behaviour> = {}, corrupt: readonly string[] = [], over: Partial<ConductorParts> = {}) {
  const stage = new FakeStage();
  Object.assign(stage.behaviour, behaviour);
  const started: Play[] = [];
  const plays: Play[] = [];
  const faults: Fault[] = [];
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
    },
    journal: { started: (play) => started.push(play), progressed: (at) => progressed.push(at), finished: (play) => plays.push(play), fault: (fault) => faults.push(fault) },
    onStageSilent,
    ...over,
  });
  stage.hear = (events) => conductor.stageEvents(events);
  return { stage, conductor, started, plays, faults, progressed, onStageSilent };
}
