import { MAIN_ZONE, type Audience, type Clock, type Creative, type Programme, type Random, type Rotation, type StageCommand, type StageEvent, type Zone } from '../contract/index.ts';
import { Almanac, criteriaOf, CriteriaMemory, zonesAt } from '../selection/index.ts';
import { createLastFrame, type LastFrame } from './last-frame.ts';
import { PageDeaths, type Culprit } from './page-deaths.ts';
import type { Evidence, Showing } from './play-record.ts';
import { Recorder, type Journal } from './recorder.ts';
import { Repertoire, type Shared } from './repertoire.ts';
import { ownSlotTime, type SlotTime } from './slot-pace.ts';
import { StageSilence } from './stage-silence.ts';
import { TIMES } from './times.ts';
import { ZoneConductor, type MediaCheck } from './zone-conductor.ts';

export interface ConductorParts {
  readonly clock: Clock;
  /** What slots are counted by; without it, the own wall clock once it was set. */
  readonly slotTime?: SlotTime;
  readonly random: Random;
  /** The screen's own, as an IANA name: what schedules are meant in. */
  readonly timeZone: string;
  /** How the panel hangs; upright if nothing is said. */
  readonly rotation?: Rotation;
  readonly screenId: string;
  readonly bootId: string;
  readonly stage: { send(command: StageCommand): void; readonly connected: boolean };
  readonly media: MediaCheck;
  readonly journal: Journal;
  /** Asked at the first frame of each play; without it nothing is known. */
  readonly evidence?: () => Evidence;
  /** The page is there but says nothing: it has to be loaded anew. */
  readonly onStageSilent: () => void;
}

interface ZoneAtWork {
  readonly conductor: ZoneConductor;
  readonly repertoire: Repertoire;
  /** What was last in front since the page was loaded. */
  seen: Creative | null;
}

/**
 * Runs decisions on the stage: divides it into zones, brings programme, audience and what the page reports to each of them, and
 * sees to it that there is a page.
 */
export class Conductor {
  readonly #parts: ConductorParts;
  readonly #shared: Shared;
  readonly #recorder: Recorder;
  readonly #zones = new Map<string, ZoneAtWork>();
  readonly #silence: StageSilence;
  readonly #lastFrame: LastFrame;
  readonly #timer: NodeJS.Timeout;
  readonly #slotTime: SlotTime;
  #programme: Programme | null = null;
  #arranged = '';
  #sharesSlots = true;

  /** @throws LitfassError `time-zone-unknown` */
  constructor(parts: ConductorParts) {
    this.#parts = parts;
    this.#slotTime = parts.slotTime ?? ownSlotTime;
    this.#shared = { criteria: new CriteriaMemory(), almanac: new Almanac(parts.timeZone), lastShownMs: new Map(), pageDeaths: new PageDeaths() };
    this.#recorder = new Recorder({ ...parts, almanac: this.#shared.almanac });
    this.#silence = new StageSilence(parts.clock().monoMs);
    this.#lastFrame = createLastFrame(parts.clock().monoMs);
    this.#arrange();
    this.#timer = setInterval(() => this.#look(), TIMES.idle);
  }

  /** What is in front of the main zone now. */
  get nowPlaying(): Showing | null {
    return this.#zones.get(MAIN_ZONE)?.conductor.nowPlaying ?? null;
  }

  /** What is in front now, in all zones. */
  get inFront(): readonly Showing[] {
    return [...this.#zones.values()].flatMap(({ conductor }) => conductor.nowPlaying ?? []);
  }

  /** When a creative was last in front, or, if never, when its programme began; ms of the monotonic clock. */
  lastShownMs(creativeId: string): number | null {
    return this.#shared.lastShownMs.get(creativeId) ?? null;
  }

  /** A new programme counts from the next choice on; the creatives in front run to their end. */
  setProgramme(programme: Programme): void {
    const { monoMs } = this.#parts.clock();
    const { criteria, lastShownMs, pageDeaths } = this.#shared;
    this.#programme = programme;
    pageDeaths.keepOnly(programme.creatives);
    this.#recorder.follow(programme);
    criteria.follow(criteriaOf(programme), programme.selection);
    const ids = new Set(programme.creatives.map(({ id }) => id));
    for (const id of lastShownMs.keys()) if (!ids.has(id)) lastShownMs.delete(id);
    for (const id of ids) if (!lastShownMs.has(id)) lastShownMs.set(id, monoMs);
    this.#arrange();
    for (const { conductor, repertoire } of this.#zones.values()) {
      repertoire.follow(programme);
      conductor.chooseAnew();
    }
  }

  setAudience(audience: Audience): void {
    if (this.#programme === null) return;
    this.#shared.criteria.update(audience);
    this.#turnAll();
  }

  /** What the stage page (never a looker-on) reported, in its order. */
  stageEvents(events: readonly StageEvent[]): void {
    const { monoMs } = this.#parts.clock();
    this.#silence.heard(monoMs);
    this.#lastFrame.hear(events, monoMs);
    for (const event of events) for (const { conductor } of this.#zones.values()) conductor.hear(event);
    const isAnother = events.some(({ type }) => type === 'loaded');
    for (const zone of this.#zones.values()) zone.seen = zone.conductor.nowPlaying?.creative ?? (isAnother ? null : zone.seen);
    this.#turnAll();
  }

  /**
   * The page died, hangs or presents nothing, and is being opened anew. The plays in front end here, not when there is a page
   * again; and what it did not present is not held against the creatives, unless page after page dies with the same one in
   * front, or on its way there.
   */
  pageLost(): void {
    const { monoMs } = this.#parts.clock();
    this.#silence.lost(monoMs);
    const zones = [...this.#zones.values()];
    const unseen = zones.flatMap(({ conductor }) => conductor.takeSuspect(this.#lastFrame.atMs) ?? []);
    const inFront = zones.flatMap(({ seen }) => seen ?? []);
    for (const zone of zones) {
      zone.conductor.startOver();
      zone.seen = null;
      zone.repertoire.pageLost(this.#lastFrame.atMs);
    }
    for (const culprit of this.#shared.pageDeaths.died({ unseen, inFront }, monoMs)) this.#restFrom(culprit, monoMs);
  }

  /** Ends the plays in front and shows nothing more. */
  stop(): void {
    clearInterval(this.#timer);
    for (const { conductor } of this.#zones.values()) conductor.stop('stopped');
  }

  /** What did show something may be shown when nothing else is left; what kills before that shows nothing in any case. */
  #restFrom({ creative, wasSeen }: Culprit, nowMs: number): void {
    for (const { repertoire } of this.#zones.values()) repertoire.failed(creative, nowMs, wasSeen ? 'deadly' : 'own');
    this.#recorder.fault('page-killer', `page after page died with "${creative.name}" ${wasSeen ? 'in front' : 'on its way to the front'}, so it rests; if that goes on, take it out of the programme`, creative);
  }

  #turnAll(): void {
    for (const { conductor } of this.#zones.values()) conductor.turn();
  }

  #look(): void {
    this.#arrange();
    this.#judgeClock();
    const silence = this.#silence.look(this.#parts.clock().monoMs);
    if (silence === null) return;
    if (silence === 'fell-silent') this.#recorder.fault('stage-silent', `the stage page said nothing for ${TIMES.stageSilence} ms; loading it anew`);
    for (const { conductor } of this.#zones.values()) conductor.startOver();
    this.#parts.onStageSilent();
  }

  /** Screens side by side would each show something else at the same time, and nobody would know why. */
  #judgeClock(): void {
    const sharesSlots = this.#programme?.slots === undefined || this.#slotTime(this.#parts.clock()) !== null;
    if (this.#sharesSlots && !sharesSlots) this.#recorder.fault('slots-unsynced', 'the clock of this screen was never set, so it keeps its own time instead of the slots that it shares with others; give it a time server, or a leader');
    this.#sharesSlots = sharesSlots;
  }

  /** Another layout may be due. A zone that stays plays on; the plays of one that goes end here. */
  #arrange(): void {
    const { clock, rotation = 0, stage } = this.#parts;
    const zones = zonesAt(this.#programme, this.#shared.almanac, clock().wallMs);
    const arranged = JSON.stringify(zones);
    if (arranged === this.#arranged) return;
    this.#arranged = arranged;
    for (const [id, { conductor }] of this.#zones) {
      if (zones.some((zone) => zone.id === id)) continue;
      this.#zones.delete(id);
      conductor.stop('interrupt');
    }
    stage.send({ type: 'layout', zones: [...zones], rotation });
    for (const zone of zones) if (!this.#zones.has(zone.id)) this.#open(zone);
  }

  #open({ id }: Zone): void {
    const repertoire = new Repertoire(id, this.#shared, String(this.#parts.random()));
    const conductor = new ZoneConductor({ ...this.#parts, slotTime: this.#slotTime, zone: id, repertoire, recorder: this.#recorder });
    this.#zones.set(id, { conductor, repertoire, seen: null });
    if (this.#programme === null) return;
    repertoire.follow(this.#programme);
    conductor.turn();
  }
}
