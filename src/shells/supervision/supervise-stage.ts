import { totalmem } from 'node:os';
import type { Player } from '../../player/index.ts';
import type { Look } from '../look.ts';
import { createLadder, type Step } from './ladder.ts';
import { createMemoryGrowth } from './memory-growth.ts';

/** What a shell can do with the page that shoppers see. */
export interface StagePage {
  /** Load it anew in its window. */
  reload(why: string): void;
  /** Away with window and process, and open it anew. */
  reopen(why: string): void;
  /** Open it anew behind the one in front, which goes when the new one has its first picture: nobody sees it. */
  replace(why: string, isUp: () => boolean): Promise<void>;
  /** What stands in the window. Rejects or stays unanswered when the page hangs. */
  look(): Promise<Look>;
  /** What its processes hold, bytes; `null` where nobody tells. */
  memoryBytes(): Promise<number | null>;
}

/** The page reports twice a second; a busy machine may swallow a few. */
const SILENT_MS = 3_000;
/**
 * The conductor takes a stalled creative off after 1.5 s and has the next one up soon after. Beyond that it is the page, and
 * waiting longer would have one creative after the other rest for what the page did.
 */
const FROZEN_MS = 4_000;
/** A big file is read and hashed once after a start, from a slow card: up to a minute. */
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
  readonly player: Pick<Player, 'stagePulse' | 'onStageSilent'>;
  readonly page: StagePage;
  /** This process cannot help any more. */
  readonly leave: (why: string) => void;
  readonly wellForLong: () => void;
  /** For tests: what the page may hold before it is replaced. */
  readonly mostBytes?: number;
}

/**
 * Watches what the stage presents, not whether its processes live, and climbs the ladder when it presents nothing. A page
 * whose memory grows is replaced while it is still well, right after a change of creative.
 */
export function superviseStage({ player, page, leave, wellForLong, mostBytes = totalmem() * MOST_OF_MEMORY }: SupervisionOptions): Supervision {
  const now = (): number => performance.now();
  const ladder = createLadder(now());
  let askedMs: number | null = null;
  let blanks = 0;
  let wellSinceMs: number | null = null;
  let measuredMs = now();
  let grown = createMemoryGrowth(now(), mostBytes);
  let replaceAfter: string | null = null;
  let replacing = false;

  function look(): void {
    if (askedMs !== null) return;
    const asked = now();
    askedMs = asked;
    page
      .look()
      .then((seen) => (blanks = seen === 'blank' ? blanks + 1 : 0))
      // A page between two lives has no answer; its silence counts.
      .catch(() => undefined)
      .finally(() => {
        if (askedMs === asked) askedMs = null;
      });
  }

  function symptom(): { readonly why: string; readonly from: Exclude<Step, 'leave'> } | null {
    const { silentMs, frozenMs, begun, expected, playId } = player.stagePulse();
    const hangs = askedMs !== null && now() - askedMs >= ANSWER_MS;
    if (silentMs >= SILENT_MS) return { why: `says nothing for ${Math.round(silentMs / 1_000)} s`, from: hangs ? 'reopen' : 'reload' };
    if (expected && begun && frozenMs >= FROZEN_MS) return { why: `presents no frame for ${Math.round(frozenMs / 1_000)} s`, from: 'reload' };
    if (expected && frozenMs >= EMPTY_MS) return { why: 'has nothing to show although there is a programme', from: 'reload' };
    if (playId !== null && blanks >= BLANK_LOOKS) return { why: 'is blank', from: 'reload' };
    return null;
  }

  function act({ why, from }: { readonly why: string; readonly from: Exclude<Step, 'leave'> }): void {
    wellSinceMs = null;
    const step = ladder.sick(now(), from);
    if (step === null) return;
    blanks = 0;
    askedMs = null;
    grown = createMemoryGrowth(now(), mostBytes);
    if (step === 'leave') leave(why);
    else page[step](why);
  }

  async function measure(playId: string | null): Promise<void> {
    measuredMs = now();
    const bytes = await page.memoryBytes().catch(() => null);
    if (bytes !== null && grown(bytes, now())) replaceAfter ??= playId ?? '';
  }

  /** The play that was in front when the growth was seen has run to its end: now the page can go. */
  async function replace(playId: string): Promise<void> {
    replacing = true;
    replaceAfter = null;
    try {
      await page.replace('its memory grew', () => {
        const pulse = player.stagePulse();
        return pulse.playId !== null && pulse.playId !== playId && pulse.frozenMs < 1_000;
      });
    } finally {
      grown = createMemoryGrowth(now(), mostBytes);
      replacing = false;
    }
  }

  function turn(): void {
    if (replacing) return;
    look();
    const trouble = symptom();
    if (trouble !== null) {
      act(trouble);
      return;
    }
    ladder.well(now());
    wellSinceMs ??= now();
    if (now() - wellSinceMs >= WELL_FOR_LONG_MS) {
      wellSinceMs = now();
      wellForLong();
    }
    const { playId } = player.stagePulse();
    if (replaceAfter !== null && playId !== null && playId !== replaceAfter) void replace(playId);
    else if (now() - measuredMs >= MEMORY_EVERY_MS) void measure(playId);
  }

  player.onStageSilent(() => act({ why: 'says nothing any more', from: 'reload' }));
  const timer = setInterval(turn, LOOK_EVERY_MS);
  return { close: () => clearInterval(timer) };
}
