import { totalmem } from 'node:os';
import { OwnDelay, type Player } from '../../player/index.ts';
import { LOST_MS } from './in-time.ts';
import { keepMemory } from './keep-memory.ts';
import { createLadder, type Step } from './ladder.ts';
import type { StagePage } from './stage-page.ts';

/** The page reports twice a second; a busy machine may swallow a few. */
const SILENT_MS = 3_000;
/** A new page reads its script and opens its line before it can say anything: what is coming up is not killed again. */
const LOADING_MS = 8_000;
/** The shell tries again and again to open it; after this long it takes another life of the program, or of the machine. */
const MISSING_MS = 180_000;
/** A picture with a frame this new is well. */
const FRESH_MS = 1_500;
/**
 * The conductor takes a stalled creative off after 1.5 s and has the next one up soon after. Beyond that it is the page, and
 * waiting longer would have one creative after the other rest for what the page did.
 */
const FROZEN_MS = 4_000;
/**
 * A big file is read and hashed once after a start, from a slow card: up to a minute. A stage to which nothing can be given is
 * loaded anew now and then, and no more: neither a new window nor a restart brings a file that is missing.
 */
const EMPTY_MS = 90_000;
/** Hung: it does not even say what it shows. */
const ANSWER_MS = 2_500;
const LOOK_EVERY_MS = 500;
const BLANK_LOOKS = 3;
const MEMORY_EVERY_MS = 20_000;
const WELL_FOR_LONG_MS = 3_600_000;
/** Half of a small box belongs to the system, the player and the camera page. */
const MOST_OF_MEMORY = 0.45;

export interface Supervision {
  close(): void;
}

export interface SupervisionOptions {
  readonly player: Pick<Player, 'stagePulse' | 'stageLost' | 'callUnderstudy' | 'onStageSilent' | 'fault'>;
  readonly page: StagePage;
  /** This process cannot help any more. */
  readonly leave: (why: string) => void;
  readonly wellForLong: () => void;
  /** Pages of this shell share processes that outlive them, such as that of the graphics: another page does not renew all. */
  readonly sharesProcesses?: boolean;
  /** For tests: what the page may hold before it is replaced, and how often it is asked. */
  readonly mostBytes?: number;
  readonly measureEveryMs?: number;
}

/**
 * Watches what the stage presents, not whether its processes live, and climbs the ladder when it presents nothing. A page
 * whose memory grows is replaced while it is still well, between two creatives.
 */
export function superviseStage({ player, page, leave, wellForLong, sharesProcesses = false, mostBytes = totalmem() * MOST_OF_MEMORY, measureEveryMs = MEMORY_EVERY_MS }: SupervisionOptions): Supervision {
  const now = (): number => performance.now();
  const ladder = createLadder(now());
  const ownDelay = new OwnDelay(LOOK_EVERY_MS, now());
  let askedMs: number | null = null;
  let blanks = 0;
  let missingMs: number | null = null;
  let wellSinceMs: number | null = null;
  let emptyMs = now();
  let measuredMs = now();
  const memory = keepMemory({ player, page, leave, sharesProcesses, mostBytes, onReplaced: startOver });
  let measuring = false;

  function look(): void {
    if (askedMs !== null && now() - askedMs < LOST_MS) return;
    const asked = now();
    askedMs = asked;
    page
      .look()
      .then((seen) => {
        // An answer that was not waited for any more says nothing of the page as it is now.
        if (askedMs === asked) blanks = seen === 'blank' ? blanks + 1 : 0;
      })
      // A page between two lives has no answer; its silence counts.
      .catch(() => undefined)
      .finally(() => {
        if (askedMs === asked) askedMs = null;
      });
  }

  function symptom(): { readonly why: string; readonly from: Exclude<Step, 'leave'> } | null {
    const { silentMs, lateMs, playId } = player.stagePulse();
    const upMs = page.upMs();
    if (upMs === null) {
      missingMs ??= now();
      const forMs = now() - missingMs;
      return forMs < MISSING_MS ? null : { why: `has been missing for ${seconds(forMs)} s`, from: 'reopen' };
    }
    missingMs = null;
    const hangs = askedMs !== null && now() - askedMs >= ANSWER_MS;
    const hasSpoken = silentMs < upMs;
    if (silentMs >= SILENT_MS && (hasSpoken || upMs >= LOADING_MS)) return { why: `says nothing for ${seconds(silentMs)} s`, from: hangs ? 'reopen' : 'reload' };
    if (lateMs >= FROZEN_MS) return { why: `presents no frame for ${seconds(lateMs)} s`, from: 'reload' };
    if (playId !== null && blanks >= BLANK_LOOKS) return { why: 'is blank', from: 'reload' };
    return null;
  }

  function act({ why, from }: { readonly why: string; readonly from: Exclude<Step, 'leave'> }): void {
    wellSinceMs = null;
    const step = ladder.sick(now(), from);
    if (step === null) return;
    startOver();
    if (step === 'leave') {
      leave(why);
      return;
    }
    player.stageLost();
    page[step](why);
  }

  /** What was seen of the page before says nothing of the next. */
  function startOver(): void {
    blanks = 0;
    askedMs = null;
    memory.opened();
  }

  async function measure(): Promise<void> {
    measuring = true;
    measuredMs = now();
    await memory.measure();
    measuring = false;
  }

  /** There is a programme, and nothing of it can be given to the page. */
  function isEmpty(): boolean {
    const { expected, frozenMs, lateMs } = player.stagePulse();
    return expected && lateMs === 0 && frozenMs >= EMPTY_MS;
  }

  function turn(): void {
    look();
    if (ownDelay.isCatchingUp(now())) return;
    const trouble = symptom();
    if (trouble !== null) act(trouble);
    else if (!isEmpty()) watchOver();
    else if (now() - emptyMs >= EMPTY_MS) {
      emptyMs = now();
      page.reload('has nothing to show although there is a programme');
    }
  }

  function watchOver(): void {
    const { expected, begun, frozenMs } = player.stagePulse();
    // Between a step and its first frame the page is neither well nor sick: the ladder stays where it is.
    if (expected && !(begun && frozenMs < FRESH_MS)) return;
    ladder.well(now());
    wellSinceMs ??= now();
    if (now() - wellSinceMs >= WELL_FOR_LONG_MS) {
      wellSinceMs = now();
      wellForLong();
    }
    if (!measuring && now() - measuredMs >= measureEveryMs) void measure();
  }

  player.onStageSilent(() => (page.upMs() === null ? undefined : act({ why: 'says nothing any more', from: 'reload' })));
  const timer = setInterval(turn, LOOK_EVERY_MS);
  return { close: () => clearInterval(timer) };
}

function seconds(ms: number): number {
  return Math.round(ms / 1_000);
}
