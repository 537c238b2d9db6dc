import { MAIN_ZONE, type StageCommand, type StageEvent } from '../../src/contract/index.ts';

export type Behaviour = 'good' | 'never-ready' | 'broken' | 'no-first-frame' | 'freezes';

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
    if (command.type === 'retire') this.#prepared.delete(command.playId);
    if (command.type === 'show' && this.#is(command.playId) !== 'no-first-frame') setTimeout(() => this.#bringUp(command.playId), command.inMs);
  }

  #bringUp(playId: string): void {
    const zone = this.#prepared.get(playId)?.zone;
    if (zone === undefined) return;
    const before = this.fronts.get(zone) ?? null;
    this.fronts.set(zone, { playId, frames: 1, frozen: this.#is(playId) === 'freezes' });
    if (before !== null) this.#prepared.delete(before.playId);
    const last: StageEvent[] = before === null ? [] : [{ type: 'retired', playId: before.playId, presentedFrames: before.frames }];
    this.#later(16, ...last, { type: 'shown', playId });
  }

  #is(playId: string): Behaviour {
    return this.behaviour[this.#prepared.get(playId)?.name ?? ''] ?? 'good';
  }

  #later(ms: number, ...events: StageEvent[]): void {
    setTimeout(() => (this.silent ? undefined : this.hear(events)), ms);
  }

  #beat(): void {
    if (this.silent) return;
    for (const [zone, front] of this.fronts) {
      if (front !== null && !front.frozen) front.frames += 30;
      this.hear([{ type: 'heartbeat', zone, playId: front?.playId ?? null, presentedFrames: front?.frames ?? 0 }]);
    }
  }
}
