import { CriteriaMemory, decide, outranks, winningTier, type Situation } from '../selection/index.ts';
import { LitfassError, MAIN_ZONE, type Audience, type Clock, type Creative, type Decision, type EndReason, type Fault, type Play, type Programme, type Random, type StageCommand, type StageEvent } from '../contract/index.ts';
import { newPlayId } from './play-id.ts';
import { NO_EVIDENCE, playRecord, type Evidence, type Showing } from './play-record.ts';
import { SetAside } from './set-aside.ts';
import { STALLED_HEARTBEATS, TIMES } from './times.ts';

/** Where plays and faults are written down. Each call returns only when its record is durable. */
export interface Journal {
  started(play: Play): void;
  progressed(at: { durationMs: number; presentedFrames: number }): void;
  finished(play: Play): void;
  fault(fault: Fault): void;
}

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

/** A creative on its way to the screen. */
interface Upcoming {
  readonly playId: string;
  readonly creative: Creative;
  readonly decision: Decision;
  /** `now`: it interrupts, or the screen is empty. `slot`: when the one in front has run its time. */
  readonly takesOver: 'now' | 'slot';
  phase: 'checking' | 'preparing' | 'prepared' | 'showing';
  phaseSinceMs: number;
}

/** The creative in front. */
interface OnScreen extends Showing {
  endsMs: number;
  frames: number;
  droppedFrames: number | null;
  heartbeatsWithoutFrame: number;
  touchedMs: number;
}

/**
 * Runs decisions on the stage: chooses, has the next creative prepared before its slot, shows it, and writes down what
 * really happened. Everything is derived from the monotonic clock in `#turn`, which any event or timer may call at any time.
 */
export class Conductor {
  readonly #parts: ConductorParts;
  readonly #criteria = new CriteriaMemory();
  readonly #setAside = new SetAside();
  readonly #lastShownMs = new Map<string, number>();
  #lastCreativeId: string | null = null;
  #programme: Programme | null = null;
  #onScreen: OnScreen | null = null;
  #upcoming: Upcoming | null = null;
  #lastHeardMs: number;
  /** The page has said something since it was last asked to load. */
  #stageIsUp = false;
  #timer: NodeJS.Timeout | null = null;
  #stopped = false;

  constructor(parts: ConductorParts) {
    this.#parts = parts;
    this.#lastHeardMs = parts.clock().monoMs;
  }

  /** What is in front now. */
  get nowPlaying(): Showing | null {
    return this.#onScreen;
  }

  /** When a creative was last in front, or, if never, when its programme began; ms of the monotonic clock. */
  lastShownMs(creativeId: string): number | null {
    return this.#lastShownMs.get(creativeId) ?? null;
  }

  /** A new programme counts from the next choice on; the creative in front runs to its end. */
  setProgramme(programme: Programme): void {
    const { monoMs } = this.#parts.clock();
    this.#programme = programme;
    this.#criteria.follow(programme.creatives.flatMap(({ criteria }) => criteria), programme.selection);
    this.#setAside.keepOnly(programme.creatives);
    for (const { id } of programme.creatives) if (!this.#lastShownMs.has(id)) this.#lastShownMs.set(id, monoMs);
    // One that is already being shown is in front before anybody could stop it: its play counts.
    if (this.#upcoming?.phase !== 'showing') this.#discardUpcoming();
    this.#turn();
  }

  setAudience(audience: Audience): void {
    if (this.#programme === null) return;
    this.#criteria.update(audience);
    this.#turn();
  }

  /** What the stage page (never a looker-on) reported, in its order. */
  stageEvents(events: readonly StageEvent[]): void {
    this.#lastHeardMs = this.#parts.clock().monoMs;
    this.#stageIsUp = true;
    for (const event of events) this.#hear(event);
    this.#turn();
  }

  /** Ends the play in front and shows nothing more. */
  stop(): void {
    this.#discardUpcoming();
    this.#finish('stopped');
    this.#stopped = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
  }

  #hear(event: StageEvent): void {
    const front = this.#onScreen?.playId;
    switch (event.type) {
      case 'loaded':
        // A fresh page holds nothing, and one that lost the line may have missed a command: start over, without blame for
        // the creative in front.
        this.#finish('stalled');
        this.#upcoming = null;
        return;
      case 'prepared':
        if (this.#upcoming?.playId === event.playId && this.#upcoming.phase === 'preparing') this.#enter(this.#upcoming, 'prepared');
        return;
      case 'shown':
        if (this.#upcoming?.playId === event.playId) this.#takeOver(this.#upcoming);
        return;
      case 'heartbeat':
        if (event.playId === front) this.#countFrames(event, true);
        // What the page has in front is the truth. If it is something else, the record of what we believed ends here.
        else if (front !== undefined && event.playId !== this.#upcoming?.playId) this.#finish('stalled');
        return;
      case 'retired':
        if (event.playId === front) this.#countFrames(event, false);
        return;
      case 'ended':
        if (front === event.playId && this.#onScreen !== null) {
          this.#countFrames(event, false);
          this.#onScreen.endsMs = Math.min(this.#onScreen.endsMs, this.#parts.clock().monoMs);
        }
        return;
      case 'failed':
        if (this.#upcoming?.playId === event.playId) this.#skip(this.#upcoming, event.code, event.message);
        else if (front === event.playId) this.#breakOff('failed', event.code, event.message);
        return;
    }
  }

  #countFrames({ presentedFrames: frames, droppedFrames }: { readonly presentedFrames: number; readonly droppedFrames?: number | undefined }, isHeartbeat: boolean): void {
    const play = this.#onScreen;
    if (play === null) return;
    if (frames > play.frames) play.heartbeatsWithoutFrame = 0;
    else if (isHeartbeat) play.heartbeatsWithoutFrame += 1;
    play.frames = Math.max(play.frames, frames);
    if (droppedFrames !== undefined) play.droppedFrames = Math.max(play.droppedFrames ?? 0, droppedFrames);
  }

  /** One look at the clock: does whatever is due, and sets the timer for the next time that something may be. */
  #turn(): void {
    if (this.#stopped) return;
    const { monoMs } = this.#parts.clock();
    if (this.#parts.stage.connected) {
      this.#watch(monoMs);
      this.#choose(monoMs);
      this.#show(monoMs);
    }
    if (monoMs - this.#lastHeardMs >= (this.#stageIsUp ? TIMES.stageSilence : TIMES.stageLoading)) this.#leaveSilentStage(monoMs);
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#turn(), Math.max(10, this.#nextLookMs(monoMs) - monoMs));
  }

  #watch(nowMs: number): void {
    const upcoming = this.#upcoming;
    if (upcoming?.phase === 'checking' && nowMs - upcoming.phaseSinceMs >= TIMES.checkLimit) this.#skip(upcoming, 'media-slow', `its file was not read within ${TIMES.checkLimit} ms`);
    if (upcoming?.phase === 'preparing' && nowMs - upcoming.phaseSinceMs >= TIMES.prepareLimit) this.#skip(upcoming, 'load', `was not ready after ${TIMES.prepareLimit} ms`);
    if (upcoming?.phase === 'showing' && nowMs - upcoming.phaseSinceMs >= TIMES.showLimit) this.#skip(upcoming, 'stalled', `presented no frame for ${TIMES.showLimit} ms`);
    const play = this.#onScreen;
    if (play !== null && play.heartbeatsWithoutFrame >= STALLED_HEARTBEATS && nowMs < play.endsMs) this.#breakOff('stalled', 'stalled', 'presented no new frame for 1.5 s');
    if (play !== null && nowMs - play.touchedMs >= TIMES.touchEvery) {
      play.touchedMs = nowMs;
      this.#parts.journal.progressed({ durationMs: Math.round(nowMs - play.shown.monoMs), presentedFrames: play.frames });
    }
  }

  #choose(nowMs: number): void {
    const play = this.#onScreen;
    if (this.#upcoming !== null) {
      if (this.#upcoming.phase !== 'showing' && this.#isOutdated(this.#upcoming, nowMs)) this.#discardUpcoming();
      else return;
    }
    if (play === null) this.#prepareNext('now', nowMs);
    else if (this.#mayInterrupt(play, nowMs)) this.#prepareNext('now', nowMs);
    else if (nowMs >= play.endsMs - TIMES.lead) this.#prepareNext('slot', nowMs);
  }

  #show(nowMs: number): void {
    const upcoming = this.#upcoming;
    if (upcoming?.phase !== 'prepared') return;
    if (this.#onScreen !== null && upcoming.takesOver === 'slot' && nowMs < this.#onScreen.endsMs) return;
    this.#enter(upcoming, 'showing');
    this.#parts.stage.send({ type: 'show', playId: upcoming.playId, transition: this.#onScreen === null ? { kind: 'cut', ms: 0 } : { kind: 'fade', ms: TIMES.fade } });
  }

  /** The people changed their mind before the slot came: so may we, while there is time to prepare something else. */
  #isOutdated(upcoming: Upcoming, nowMs: number): boolean {
    const play = this.#onScreen;
    if (play === null || this.#programme === null || upcoming.takesOver === 'now' || play.endsMs - nowMs < TIMES.reconsider) return false;
    const stillHolds = upcoming.creative.criteria.every((criterion) => this.#criteria.holds(criterion)) || upcoming.decision.reason.kind === 'rotation';
    const tier = winningTier(this.#programme, this.#situation(nowMs));
    return !stillHolds || (tier !== null && outranks(tier, upcoming.decision.reason.tier));
  }

  #mayInterrupt(play: OnScreen, nowMs: number): boolean {
    if (this.#programme === null || nowMs - play.shown.monoMs < this.#programme.selection.minimumHoldMs) return false;
    if (play.endsMs - nowMs < TIMES.lead) return false;
    // Rotation waits for a slot; only a real change of audience or booking breaks into a play.
    const tier = winningTier(this.#programme, { ...this.#situation(nowMs), lastShownMs: new Map() });
    return tier !== null && outranks(tier, play.decision.reason.tier);
  }

  #prepareNext(takesOver: 'now' | 'slot', nowMs: number): void {
    if (this.#programme === null) return;
    const seed = Math.floor(this.#parts.random() * 0x1_0000_0000);
    const { wallMs } = this.#parts.clock();
    const decision = decide(this.#programme, this.#situation(nowMs), seed, newPlayId(wallMs));
    const creative = this.#programme.creatives.find(({ id }) => id === decision?.creativeId);
    if (decision === null || creative === undefined) return;
    const upcoming: Upcoming = { playId: newPlayId(wallMs), creative, decision, takesOver, phase: 'checking', phaseSinceMs: nowMs };
    this.#upcoming = upcoming;
    void this.#prepare(upcoming);
  }

  async #prepare(upcoming: Upcoming): Promise<void> {
    const { creative, playId } = upcoming;
    try {
      await this.#parts.media.verify(creative.sha256);
    } catch (error) {
      if (this.#upcoming !== upcoming) return;
      this.#skip(upcoming, error instanceof LitfassError ? error.code : 'media-unreadable', error instanceof Error ? error.message : String(error));
      this.#turn();
      return;
    }
    if (this.#upcoming !== upcoming) return;
    this.#enter(upcoming, 'preparing');
    this.#parts.stage.send({ type: 'prepare', playId, zone: MAIN_ZONE, kind: creative.kind, url: `../media/${creative.sha256}`, mediaType: creative.mediaType, durationMs: creative.durationMs, name: creative.name });
  }

  #takeOver(upcoming: Upcoming): void {
    const shown = this.#parts.clock();
    const previous = this.#onScreen;
    this.#finish(previous !== null && shown.monoMs < previous.endsMs ? 'interrupt' : 'ended');
    const { playId, creative, decision } = upcoming;
    this.#upcoming = null;
    this.#onScreen = { playId, creative, decision, shown, evidence: this.#parts.evidence?.() ?? NO_EVIDENCE, endsMs: shown.monoMs + creative.durationMs, frames: 1, droppedFrames: null, heartbeatsWithoutFrame: 0, touchedMs: shown.monoMs };
    this.#lastShownMs.set(creative.id, shown.monoMs);
    this.#lastCreativeId = creative.id;
    this.#parts.journal.started(playRecord(this.#parts, this.#onScreen, 'crash', 0));
  }

  #finish(endReason: EndReason): void {
    const play = this.#onScreen;
    if (play === null) return;
    this.#onScreen = null;
    const durationMs = Math.round(this.#parts.clock().monoMs - play.shown.monoMs);
    this.#parts.journal.finished(playRecord(this.#parts, play, endReason, durationMs));
    if (endReason === 'ended') this.#setAside.clear(play.creative);
  }

  /** A creative that never reached the screen. */
  #skip(upcoming: Upcoming, code: string, message: string): void {
    this.#setAside.strike(upcoming.creative, this.#parts.clock().monoMs);
    this.#fault(code, `"${upcoming.creative.name}" was skipped: ${message}`, upcoming.creative.id);
    this.#discardUpcoming();
  }

  /** A creative that broke while it was on the screen. */
  #breakOff(endReason: 'failed' | 'stalled', code: string, message: string): void {
    const play = this.#onScreen;
    if (play === null) return;
    this.#setAside.strike(play.creative, this.#parts.clock().monoMs);
    this.#fault(code, `"${play.creative.name}" was taken off: ${message}`, play.creative.id);
    this.#finish(endReason);
    if (this.#upcoming?.phase === 'showing') return;
    this.#discardUpcoming();
  }

  #discardUpcoming(): void {
    if (this.#upcoming === null) return;
    this.#parts.stage.send({ type: 'retire', playId: this.#upcoming.playId });
    this.#upcoming = null;
  }

  #leaveSilentStage(nowMs: number): void {
    // Said once: a display that stays dark for weeks must not fill the log with it.
    if (this.#stageIsUp) this.#fault('stage-silent', `the stage page said nothing for ${TIMES.stageSilence} ms; loading it anew`);
    this.#stageIsUp = false;
    this.#lastHeardMs = nowMs;
    this.#finish('stalled');
    this.#upcoming = null;
    this.#parts.onStageSilent();
  }

  #fault(code: string, message: string, creativeId?: string): void {
    const { wallMs, monoMs, quality } = this.#parts.clock();
    const { screenId, bootId } = this.#parts;
    this.#parts.journal.fault({ v: 1, type: 'fault', screenId, bootId, wallMs, monoMs: Math.round(monoMs), clock: quality, code, message, creativeId });
  }

  #situation(nowMs: number): Situation {
    return {
      nowMs,
      criteria: this.#criteria,
      lastShownMs: this.#lastShownMs,
      lastCreativeId: this.#lastCreativeId,
      setAside: this.#setAside.among(this.#programme?.creatives ?? [], nowMs),
    };
  }

  #nextLookMs(nowMs: number): number {
    const { lead, idle, prepareLimit, showLimit, touchEvery } = TIMES;
    const looks = [nowMs + idle];
    if (this.#upcoming?.phase === 'preparing') looks.push(this.#upcoming.phaseSinceMs + prepareLimit);
    if (this.#upcoming?.phase === 'showing') looks.push(this.#upcoming.phaseSinceMs + showLimit);
    if (this.#onScreen !== null) {
      const { endsMs, touchedMs } = this.#onScreen;
      looks.push(...[endsMs - lead, endsMs, touchedMs + touchEvery].filter((ms) => ms > nowMs));
    }
    return Math.min(...looks);
  }

  #enter(upcoming: Upcoming, phase: Upcoming['phase']): void {
    upcoming.phase = phase;
    upcoming.phaseSinceMs = this.#parts.clock().monoMs;
  }
}
