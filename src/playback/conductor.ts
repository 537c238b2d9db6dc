import { MAIN_ZONE, type Audience, type Clock, type Programme, type Random, type StageCommand, type StageEvent } from '../contract/index.ts';
import { CriteriaMemory } from '../selection/index.ts';
import type { Evidence, Showing } from './play-record.ts';
import { Recorder, type Journal } from './recorder.ts';
import { Repertoire } from './repertoire.ts';
import { StageSilence } from './stage-silence.ts';
import { TIMES } from './times.ts';
import { ZoneConductor } from './zone-conductor.ts';

export interface ConductorParts {
  readonly clock: Clock;
  readonly random: Random;
  readonly screenId: string;
  readonly bootId: string;
  readonly stage: { send(command: StageCommand): void; readonly connected: boolean };
  /** Rejects, with a reason for people, when the file is missing or its bytes are not those of its hash. */
  readonly media: { verify(sha256: string): Promise<void> };
  readonly journal: Journal;
  /** Asked at the first frame of each play; without it nothing is known. */
  readonly evidence?: () => Evidence;
  /** The page is there but says nothing: it has to be loaded anew. */
  readonly onStageSilent: () => void;
}

/** Runs decisions on the stage: brings programme, audience and what the page reports to each zone, and sees to it that there is a page. */
export class Conductor {
  readonly #parts: ConductorParts;
  readonly #criteria = new CriteriaMemory();
  readonly #recorder: Recorder;
  readonly #repertoire: Repertoire;
  readonly #main: ZoneConductor;
  readonly #silence: StageSilence;
  readonly #timer: NodeJS.Timeout;
  #programme: Programme | null = null;

  constructor(parts: ConductorParts) {
    this.#parts = parts;
    this.#recorder = new Recorder(parts);
    this.#repertoire = new Repertoire(this.#criteria);
    this.#main = new ZoneConductor({ ...parts, zone: MAIN_ZONE, repertoire: this.#repertoire, recorder: this.#recorder });
    this.#silence = new StageSilence(parts.clock().monoMs);
    this.#timer = setInterval(() => this.#listen(), TIMES.idle);
  }

  /** What is in front now. */
  get nowPlaying(): Showing | null {
    return this.#main.nowPlaying;
  }

  /** When a creative was last in front, or, if never, when its programme began; ms of the monotonic clock. */
  lastShownMs(creativeId: string): number | null {
    return this.#repertoire.lastShownMs(creativeId);
  }

  /** A new programme counts from the next choice on; the creative in front runs to its end. */
  setProgramme(programme: Programme): void {
    this.#programme = programme;
    this.#criteria.follow(programme.creatives.flatMap(({ criteria }) => criteria), programme.selection);
    this.#repertoire.follow(programme, this.#parts.clock().monoMs);
    this.#main.chooseAnew();
  }

  setAudience(audience: Audience): void {
    if (this.#programme === null) return;
    this.#criteria.update(audience);
    this.#main.turn();
  }

  /** What the stage page (never a looker-on) reported, in its order. */
  stageEvents(events: readonly StageEvent[]): void {
    this.#silence.heard(this.#parts.clock().monoMs);
    for (const event of events) this.#main.hear(event);
    this.#main.turn();
  }

  /** Ends the plays in front and shows nothing more. */
  stop(): void {
    clearInterval(this.#timer);
    this.#main.stop();
  }

  #listen(): void {
    const silence = this.#silence.look(this.#parts.clock().monoMs);
    if (silence === null) return;
    if (silence === 'fell-silent') this.#recorder.fault('stage-silent', `the stage page said nothing for ${TIMES.stageSilence} ms; loading it anew`);
    this.#main.startOver();
    this.#parts.onStageSilent();
  }
}
