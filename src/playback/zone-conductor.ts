import { LitfassError, type Clock, type ClockReading, type Creative, type EndReason, type Random, type StageCommand, type StageEvent } from '../contract/index.ts';
import { comeToFront, countFrames, isStalled, isToBeTouched, type FrontPlay } from './front-play.ts';
import { nextLookMs } from './next-look.ts';
import { newPlayId } from './play-id.ts';
import { prepareCommand } from './prepare-command.ts';
import { NO_EVIDENCE, type Evidence, type Showing } from './play-record.ts';
import type { Recorder } from './recorder.ts';
import type { Repertoire } from './repertoire.ts';
import { keptEndMs, leftOfSlotMs, slotToPrepare, type SlotTime } from './slot-pace.ts';
import { isWorthwhile, lengthOf, standIn, standInForTheRest, type Casting } from './stand-in.ts';
import { TIMES } from './times.ts';
import { Unseen } from './unseen.ts';
import { overdue, type UpcomingPlay } from './upcoming-play.ts';
import { CUT, wishesOf } from './wishes.ts';

export interface MediaCheck {
  /** Rejects, with a reason for people, when the file is missing or its bytes are not those of its hash. */
  verify(sha256: string): Promise<void>;
  /** This file failed on the stage. Its bytes may have changed since they were checked. */
  doubt(sha256: string): void;
}

export interface ZoneParts {
  readonly zone: string;
  readonly clock: Clock;
  readonly slotTime: SlotTime;
  readonly random: Random;
  readonly stage: { send(command: StageCommand): void; readonly connected: boolean };
  readonly media: MediaCheck;
  readonly evidence?: (() => Evidence) | undefined;
  readonly repertoire: Repertoire;
  readonly recorder: Recorder;
}

/**
 * One zone of the stage: chooses, has the next creative prepared before its slot, shows it, and has written down what really
 * happened. Everything is derived from the monotonic clock in `turn`, which any event or timer may call at any time. No zone
 * waits for another.
 */
export class ZoneConductor {
  readonly #parts: ZoneParts;
  #front: FrontPlay | null = null;
  #upcoming: UpcomingPlay | null = null;
  readonly #unseen = new Unseen();
  #timer: NodeJS.Timeout | null = null;
  #stopped = false;

  constructor(parts: ZoneParts) {
    this.#parts = parts;
  }

  get nowPlaying(): Showing | null {
    return this.#front;
  }

  /** The page is dead. @returns what it may have died of before it showed it, see `Unseen.suspect` */
  takeSuspect(lastFrameMs: number): Creative | null {
    const suspect = this.#unseen.suspect(lastFrameMs);
    this.#unseen.clear();
    return suspect;
  }

  /** There is a new programme: it counts from the next choice on. One that is already being shown is in front before anybody could stop it. */
  chooseAnew(): void {
    if (this.#upcoming?.phase !== 'showing') this.#discardUpcoming();
    this.turn();
  }

  /** The page holds nothing any more, and one that lost the line may have missed a command: without blame for the creative in front. */
  startOver(): void {
    this.#finish('stalled');
    this.#upcoming = null;
  }

  /** Ends the play in front and shows nothing more. */
  stop(endReason: 'stopped' | 'interrupt'): void {
    this.#discardUpcoming();
    this.#finish(endReason);
    this.#stopped = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
  }

  hear(event: StageEvent): void {
    const front = this.#front;
    switch (event.type) {
      case 'loaded':
        this.startOver();
        this.#unseen.clear();
        return;
      case 'prepared':
        if (this.#upcoming?.playId === event.playId && this.#upcoming.phase === 'preparing') this.#enter(this.#upcoming, 'prepared');
        return;
      case 'shown':
        if (this.#upcoming?.playId === event.playId) this.#takeOver(this.#upcoming);
        return;
      case 'heartbeat':
        if (event.zone !== this.#parts.zone || front === null) return;
        if (event.playId === front.playId) countFrames(front, event, true);
        // What the page has in front is the truth. If it is something else, the record of what we believed ends here.
        else if (event.playId !== this.#upcoming?.playId) this.#finish('stalled');
        return;
      case 'retired':
        if (event.playId === front?.playId) countFrames(front, event, false);
        return;
      case 'ended':
        if (event.playId !== front?.playId) return;
        countFrames(front, event, false);
        front.isOver = true;
        if (front.decision.slot === undefined) front.endsMs = Math.min(front.endsMs, this.#parts.clock().monoMs);
        return;
      case 'failed':
        if (this.#upcoming?.playId === event.playId) this.#skip(this.#upcoming, event.code, event.message);
        else if (front?.playId === event.playId) this.#breakOff(front, 'failed', event.code, event.message);
        return;
    }
  }

  /** One look at the clock: does whatever is due, and sets the timer for the next time that something may be. */
  turn(): void {
    if (this.#stopped) return;
    const now = this.#parts.clock();
    if (this.#parts.stage.connected) {
      this.#keepSlot(now);
      this.#watch(now.monoMs);
      this.#choose(now);
      this.#show(now.monoMs);
    }
    if (this.#timer !== null) clearTimeout(this.#timer);
    // A timer may come a fraction of a millisecond early: it must not find that nothing is due yet, and wait for the next.
    this.#timer = setTimeout(() => this.turn(), Math.max(1, Math.ceil(nextLookMs(this.#front, this.#upcoming, now.monoMs) - now.monoMs)));
  }

  #keepSlot(now: ClockReading, atMostMs: number = TIMES.slotStep): void {
    const { cycleMs } = this.#parts.repertoire;
    const slotMs = this.#parts.slotTime(now);
    if (cycleMs !== null && slotMs !== null && this.#front !== null) this.#front.endsMs = keptEndMs(this.#front, now, slotMs, cycleMs, atMostMs);
  }

  #watch(nowMs: number): void {
    const late = this.#upcoming && overdue(this.#upcoming, nowMs);
    if (this.#upcoming !== null && late !== null) this.#skip(this.#upcoming, late.code, late.message, false);
    if (this.#front !== null && isStalled(this.#front, nowMs)) this.#breakOff(this.#front, 'stalled', 'stalled', 'presented no new frame for 1.5 s');
    if (this.#front !== null && isToBeTouched(this.#front, nowMs)) {
      this.#front.touchedMs = nowMs;
      this.#parts.recorder.progressed(this.#front);
    }
  }

  #choose(now: ClockReading): void {
    const front = this.#front;
    if (this.#upcoming !== null) {
      if (!this.#isOutdated(this.#upcoming, now)) return;
      this.#discardUpcoming();
    }
    if (front === null) this.#prepareNext('now', now);
    else if (now.monoMs >= front.endsMs - TIMES.lead) this.#prepareNext('slot', now);
    else if (this.#parts.repertoire.mayInterrupt(front, now)) this.#prepareNext('now', now);
  }

  #show(nowMs: number): void {
    const upcoming = this.#upcoming;
    if (upcoming?.phase !== 'prepared') return;
    const leftMs = this.#front !== null && upcoming.takesOver === 'slot' ? Math.max(0, this.#front.endsMs - nowMs) : 0;
    if (leftMs > TIMES.tellAhead) return;
    this.#enter(upcoming, 'showing');
    this.#parts.stage.send({ type: 'show', playId: upcoming.playId, transition: this.#front === null ? CUT : wishesOf(upcoming.creative).transition, inMs: Math.ceil(leftMs) });
  }

  /** We may change our mind about the next creative while there is time to prepare something else. */
  #isOutdated(upcoming: UpcomingPlay, now: ClockReading): boolean {
    if (this.#front === null || upcoming.phase === 'showing' || upcoming.takesOver === 'now' || this.#front.endsMs - now.monoMs < TIMES.reconsider) return false;
    return this.#parts.repertoire.isOutdated(upcoming, now);
  }

  #prepareNext(takesOver: UpcomingPlay['takesOver'], now: ClockReading): void {
    const { random, repertoire } = this.#parts;
    const waitMs = takesOver === 'slot' && this.#front !== null ? Math.max(0, this.#front.endsMs - now.monoMs) : 0;
    const slotMs = this.#parts.slotTime(now);
    const comesUpMs = (slotMs ?? now.wallMs) + waitMs;
    const slot = slotMs === null || repertoire.cycleMs === null ? null : slotToPrepare(comesUpMs, repertoire.cycleMs);
    const choice = repertoire.choose(now, slot, Math.floor(random() * 0x1_0000_0000), newPlayId(now.wallMs));
    if (choice === null) return;
    this.#begin(choice, slot === null ? lengthOf(choice) : Math.round(slot.endMs - comesUpMs), takesOver);
  }

  #begin(casting: Casting, plannedMs: number, takesOver: UpcomingPlay['takesOver']): void {
    const { wallMs, monoMs } = this.#parts.clock();
    const upcoming: UpcomingPlay = { ...casting, playId: newPlayId(wallMs), plannedMs, takesOver, phase: 'checking', phaseSinceMs: monoMs };
    this.#upcoming = upcoming;
    void this.#prepare(upcoming);
  }

  async #prepare(upcoming: UpcomingPlay): Promise<void> {
    try {
      await this.#parts.media.verify(upcoming.creative.sha256);
    } catch (error) {
      if (this.#upcoming !== upcoming) return;
      this.#skip(upcoming, error instanceof LitfassError ? error.code : 'media-unreadable', error instanceof Error ? error.message : String(error));
      this.turn();
      return;
    }
    if (this.#upcoming !== upcoming) return;
    this.#enter(upcoming, 'preparing');
    this.#unseen.gave(upcoming.creative);
    this.#parts.stage.send(prepareCommand(upcoming, this.#parts.zone));
  }

  #takeOver(upcoming: UpcomingPlay): void {
    const { clock, evidence, recorder, repertoire, zone } = this.#parts;
    const shown = clock();
    this.#unseen.clear();
    // What came in its turn cut nothing short, should its first frame be a few milliseconds early.
    this.#finish(upcoming.takesOver === 'now' && this.#front !== null && shown.monoMs < this.#front.endsMs ? 'interrupt' : 'ended');
    this.#upcoming = null;
    this.#front = comeToFront(upcoming, zone, shown, evidence?.() ?? NO_EVIDENCE);
    repertoire.shown(upcoming, shown);
    // However late it came: it ends with its slot.
    this.#keepSlot(shown, repertoire.cycleMs ?? 0);
    recorder.started(this.#front);
  }

  #finish(endReason: EndReason): void {
    const front = this.#front;
    if (front === null) return;
    this.#front = null;
    this.#parts.recorder.finished(front, endReason);
    if (endReason === 'ended') this.#parts.repertoire.playedToItsEnd(front.creative);
  }

  /** A creative that never reached the screen: its fallback has its slot. */
  #skip(upcoming: UpcomingPlay, code: string, message: string, isSeen = true): void {
    const { creative, takesOver } = upcoming;
    const { repertoire, slotTime } = this.#parts;
    this.#strike(creative, code, `was skipped: ${message}`, isSeen);
    this.#discardUpcoming();
    const now = this.#parts.clock();
    const fallback = repertoire.fallbackOf(creative, now.monoMs);
    const leftMs = leftOfSlotMs(upcoming, slotTime(now), repertoire.cycleMs);
    if (fallback !== null && isWorthwhile(leftMs)) this.#begin(standIn(upcoming, fallback, code), leftMs, takesOver);
  }

  /** A creative that broke while it was on the screen: its fallback has the rest of its slot. */
  #breakOff({ creative, decision, endsMs }: FrontPlay, endReason: 'failed' | 'stalled', code: string, message: string): void {
    this.#strike(creative, code, `was taken off: ${message}`, endReason === 'failed');
    if (endReason === 'stalled') this.#unseen.froze();
    this.#finish(endReason);
    if (this.#upcoming?.phase === 'showing') return;
    this.#discardUpcoming();
    const { monoMs } = this.#parts.clock();
    const [fallback, leftMs] = [this.#parts.repertoire.fallbackOf(creative, monoMs), Math.round(endsMs - monoMs)];
    if (fallback !== null && isWorthwhile(leftMs)) this.#begin(standInForTheRest(decision, creative, fallback, code), leftMs, 'now');
  }

  #strike(creative: Creative, code: string, message: string, isSeen: boolean): void {
    const { clock, media, recorder, repertoire } = this.#parts;
    media.doubt(creative.sha256);
    const restMs = repertoire.failed(creative, clock().monoMs, isSeen ? 'own' : 'unseen');
    recorder.fault(code, `"${creative.name}" ${message}`, creative);
    if (restMs !== null) recorder.fault('set-aside', `"${creative.name}" failed three times in a row and is set aside; it is tried again after ${Math.round(restMs / 60_000)} min, then ever more rarely`, creative);
  }

  #discardUpcoming(): void {
    if (this.#upcoming === null) return;
    this.#parts.stage.send({ type: 'retire', playId: this.#upcoming.playId });
    this.#unseen.tookBack(this.#parts.clock().monoMs);
    this.#upcoming = null;
  }

  #enter(upcoming: UpcomingPlay, phase: UpcomingPlay['phase']): void {
    upcoming.phase = phase;
    upcoming.phaseSinceMs = this.#parts.clock().monoMs;
  }
}
