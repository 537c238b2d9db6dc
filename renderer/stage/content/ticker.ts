import { tickerContentSchema, type TickerContent } from '../../../src/contract/index.ts';
import { askPlayer, contentUrl } from './ask.ts';
import type { Content, Prepare } from './content.ts';
import { FrameCounter } from './frame-counter.ts';
import './ticker.css';

/** A strip is hung up this long before it comes into view. */
const AHEAD_MS = 2_000;
/** Of a strip with hardly a letter: the zone is not filled with thousands of them. */
const SHORTEST_PASS_MS = 100;

/** Times count from the first frame of the play, ms. */
interface Strip {
  /** When its left edge was, or will be, at the right edge of the zone. */
  readonly startMs: number;
  /** From its left edge at the right edge of the zone until its right edge is there. */
  readonly passMs: number;
}

/**
 * Headlines that run through the zone at a constant speed. All headlines together are a strip; behind each hangs the next, edge
 * to edge, on one clock, so there is no jump where one ends. New headlines come with the next strip, from the right. A strip is
 * moved by the compositor alone: a busy page does not make it stutter. Until it is shown nothing moves.
 */
export function tickerContent(prepare: Prepare): Content {
  const element = document.createElement('div');
  element.className = 'ticker';
  const counter = new FrameCounter();
  let content: TickerContent | null = null;
  let last: Strip | null = null;
  /** On the page's animation clock. */
  let shownMs: number | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isReleased = false;

  const ask = (): Promise<TickerContent> => askPlayer(contentUrl(prepare), tickerContentSchema);
  const clockMs = (): number => Number(document.timeline.currentTime ?? 0);

  function hang(headlines: TickerContent, startMs: number): Strip {
    const strip = drawStrip(headlines);
    element.append(strip);
    // As it was laid out: on a panel that hangs on its side, what stands on the page is as wide as this is high.
    const width = parseFloat(getComputedStyle(strip).width);
    const zoneWidth = element.clientWidth;
    const perPx = 1_000 / headlines.pxPerSecond;
    const moving = strip.animate([{ transform: `translateX(${zoneWidth}px)` }, { transform: `translateX(${-width}px)` }], { duration: (zoneWidth + width) * perPx, fill: 'both' });
    if (shownMs === null) {
      moving.pause();
      moving.currentTime = -startMs;
    } else moving.startTime = shownMs + startMs;
    moving.addEventListener('finish', () => strip.remove());
    return { startMs, passMs: Math.max(SHORTEST_PASS_MS, width * perPx) };
  }

  /** Hangs strips behind each other until the zone is full, and some of what comes next. @returns when the next has to be there */
  function fill(headlines: TickerContent, fromMs: number): number {
    // It begins as if it had always been running: the first headline stands at the left edge.
    last ??= hang(headlines, (-element.clientWidth * 1_000) / headlines.pxPerSecond);
    while (last.startMs + last.passMs < fromMs + AHEAD_MS) last = hang(headlines, last.startMs + last.passMs);
    return last.startMs + last.passMs - AHEAD_MS;
  }

  function run(headlines: TickerContent): void {
    if (isReleased || shownMs === null) return;
    const playedMs = clockMs() - shownMs;
    const nextMs = fill(headlines, playedMs);
    timer = setTimeout(
      () => {
        ask()
          // Whoever was reading goes on with what is there; the next play says what is wrong.
          .catch((error: unknown) => (console.warn(`the ticker "${prepare.name}" goes on with what it has:`, error), headlines))
          .then(run)
          .catch((error: unknown) => console.error(error));
      },
      Math.max(0, nextMs - playedMs),
    );
  }

  return {
    element,
    async prepare() {
      content = await ask();
      // Taken off before it was up: outside of the page a strip has no width.
      if (isReleased) return;
      element.style.color = content.colour;
      element.style.background = content.background;
      element.style.fontSize = `${(element.clientHeight * content.textPercent) / 100}px`;
      fill(content, 0);
    },
    async show() {
      await counter.start();
      if (content === null || isReleased) return;
      shownMs = clockMs();
      for (const moving of element.getAnimations({ subtree: true })) moving.startTime = shownMs - Number(moving.currentTime);
      run(content);
    },
    presentedFrames: () => counter.frames,
    release() {
      isReleased = true;
      clearTimeout(timer);
      counter.stop();
      // A movement that is not at its end would keep its strip until then.
      for (const moving of element.getAnimations({ subtree: true })) moving.cancel();
      element.replaceChildren();
    },
  };
}

/** Text only: nothing of a feed becomes markup. */
function drawStrip({ headlines, separator }: TickerContent): HTMLElement {
  const strip = document.createElement('div');
  for (const headline of headlines) {
    const text = document.createElement('span');
    text.dir = 'auto';
    text.textContent = headline;
    const mark = document.createElement('span');
    mark.textContent = separator;
    mark.className = 'separator';
    strip.append(text, mark);
  }
  return strip;
}
