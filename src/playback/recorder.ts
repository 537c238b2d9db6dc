import type { Clock, Creative, EndReason, Fault, Play } from '../contract/index.ts';
import type { Almanac } from '../selection/index.ts';
import type { FrontPlay } from './front-play.ts';
import { playRecord } from './play-record.ts';

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
    this.#parts.journal.finished(this.#record(play, endReason, this.#durationMs(play)));
  }

  fault(code: string, message: string, creative?: Creative): void {
    const { screenId, bootId, clock, journal } = this.#parts;
    const { wallMs, monoMs, quality } = clock();
    journal.fault({ v: 1, type: 'fault', screenId, bootId, wallMs, monoMs: Math.round(monoMs), clock: quality, code, message, creativeId: creative?.id });
  }

  #record(play: FrontPlay, endReason: EndReason, durationMs: number): Play {
    const { screenId, bootId, almanac } = this.#parts;
    return playRecord({ screenId, bootId, zoneOffsetMin: almanac.offsetMin(play.shown.wallMs) }, play, endReason, durationMs);
  }

  #durationMs(play: FrontPlay): number {
    return Math.round(this.#parts.clock().monoMs - play.shown.monoMs);
  }
}
