import type { Clock, Creative, EndReason, Fault, Play, Programme } from '../contract/index.ts';
import type { Almanac } from '../selection/index.ts';
import type { FrontPlay } from './front-play.ts';
import { playRecord } from './play-record.ts';
import { SaidFaults } from './said-faults.ts';

/** Where plays and faults are written down. Each call returns only when its record is durable. */
export interface Journal {
  started(play: Play): void;
  progressed(at: { playId: string; durationMs: number; presentedFrames: number }): void;
  finished(play: Play): void;
  fault(fault: Fault): void;
}

export interface RecorderParts {
  readonly clock: Clock;
  readonly screenId: string;
  readonly bootId: string;
  readonly almanac: Almanac;
  readonly journal: Journal;
}

/** Turns what happens on the stage into records. */
export class Recorder {
  readonly #parts: RecorderParts;
  readonly #said = new SaidFaults();

  constructor(parts: RecorderParts) {
    this.#parts = parts;
  }

  started(play: FrontPlay): void {
    this.#parts.journal.started(this.#record(play, 'crash', 0));
  }

  progressed(play: FrontPlay): void {
    this.#parts.journal.progressed({ playId: play.playId, durationMs: this.#durationMs(play), presentedFrames: play.frames });
  }

  finished(play: FrontPlay, endReason: EndReason): void {
    if (endReason === 'ended') this.#said.forget(play.creative);
    this.#parts.journal.finished(this.#record(play, endReason, this.#durationMs(play)));
  }

  /** @param creative whose fault it is: the same one is said once, until it has played well */
  fault(code: string, message: string, creative?: Creative): void {
    const { screenId, bootId, clock, journal } = this.#parts;
    const { wallMs, monoMs, quality } = clock();
    if (creative !== undefined && !this.#said.isNew(code, creative, monoMs)) return;
    journal.fault({ v: 1, type: 'fault', screenId, bootId, wallMs, monoMs: Math.round(monoMs), clock: quality, code, message, creativeId: creative?.id });
  }

  /** What a new programme does not have is forgotten. */
  follow({ creatives }: Programme): void {
    this.#said.keepOnly(creatives);
  }

  #record(play: FrontPlay, endReason: EndReason, durationMs: number): Play {
    const { screenId, bootId, almanac } = this.#parts;
    return playRecord({ screenId, bootId, zoneOffsetMin: almanac.offsetMin(play.shown.wallMs) }, play, endReason, durationMs);
  }

  #durationMs(play: FrontPlay): number {
    return Math.round(this.#parts.clock().monoMs - play.shown.monoMs);
  }
}
