import { MAIN_ZONE, type StageCommand, type StageEvent } from '../../src/contract/index.ts';
import { Zone } from './zone.ts';

type Report = (...events: StageEvent[]) => void;

export interface StageParts {
  /** The whole page, which is turned for a panel that hangs on its side. */
  readonly picture: HTMLElement;
  /** Holds the zones. */
  readonly stage: HTMLElement;
  /** Seen as long as the main zone has nothing. */
  readonly waiting: HTMLElement;
  readonly report: Report;
}

/** The panel, divided into zones: each command goes to the zone that it concerns. */
export class Stage {
  readonly #parts: StageParts;
  readonly #zones = new Map<string, Zone>();

  constructor(parts: StageParts) {
    this.#parts = parts;
    this.#layOut({ type: 'layout', zones: [{ id: MAIN_ZONE, leftPercent: 0, topPercent: 0, widthPercent: 100, heightPercent: 100 }], rotation: 0 });
  }

  obey(command: StageCommand): void {
    switch (command.type) {
      case 'layout':
        this.#layOut(command);
        return;
      case 'prepare':
        this.#prepare(command);
        return;
      case 'show':
        for (const zone of this.#zones.values()) void zone.show(command);
        return;
      case 'retire':
        for (const zone of this.#zones.values()) zone.retire(command.playId);
        return;
      case 'ping':
        return;
    }
  }

  heartbeats(): StageEvent[] {
    return [...this.#zones.values()].map((zone) => zone.heartbeat());
  }

  #prepare(command: Extract<StageCommand, { type: 'prepare' }>): void {
    const { playId, zone: id } = command;
    const zone = this.#zones.get(id);
    if (zone === undefined) this.#parts.report({ type: 'failed', playId, code: 'unsupported', message: `the layout on this page has no zone "${id}"`, presentedFrames: 0 });
    else zone.prepare(command);
  }

  /** A zone that stays keeps what it shows, where it now is. */
  #layOut({ zones, rotation }: Extract<StageCommand, { type: 'layout' }>): void {
    this.#parts.picture.dataset.rotation = String(rotation);
    for (const [id, zone] of this.#zones) {
      if (zones.some((place) => place.id === id)) continue;
      zone.close();
      this.#zones.delete(id);
    }
    for (const place of zones) {
      const zone = this.#zones.get(place.id) ?? this.#open(place.id);
      zone.place(place);
    }
  }

  #open(id: string): Zone {
    const { stage, waiting, report } = this.#parts;
    const zone = new Zone(id, stage, (...events) => {
      if (id === MAIN_ZONE) waiting.hidden = !zone.isEmpty;
      report(...events);
    });
    this.#zones.set(id, zone);
    return zone;
  }
}
