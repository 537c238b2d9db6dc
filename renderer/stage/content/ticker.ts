import { tickerContentSchema, type TickerContent } from '../../../src/contract/index.ts';
import { askPlayer, contentUrl } from './ask.ts';
import type { Content, Prepare } from './content.ts';
import { FrameCounter } from './frame-counter.ts';
import './ticker.css';

/** A strip is hung up this long before it comes into view. */
const AHEAD_MS = 2_000;
/** Of a strip with hardly a letter: the zone is not filled with thousands of them. */
const SHORTEST_PASS_MS = 100;

interface Strip {
  readonly element: HTMLElement;
  /** When its left edge was, or will be, at the right edge of the zone; on the page's animation clock, ms. */
  readonly startMs: number;
  /** From its left edge at the right edge of the zone until its right edge is there. */
  readonly passMs: number;
}

/**
 * Headlines that run through the zone at a constant speed. All headlines together are a strip; behind each hangs the next, edge
 * to edge, on one clock, so there is no jump where one ends. New headlines come with the next strip, from the right. A strip is
 * moved by the compositor alone: a busy page does not make it stutter.
 */
export function tickerContent(prepare: Prepare): Content {
  const element = document.createElement('div');
  element.className = 'ticker';
  const counter = new FrameCounter();
  const strips: Strip[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isReleased = false;

  const ask = (): Promise<TickerContent> => askPlayer(contentUrl(prepare), tickerContentSchema);
  const nowMs = (): number => Number(document.timeline.currentTime ?? 0);

  function hang(content: TickerContent, startMs: number): Strip {
    const strip = drawStrip(content);
    element.append(strip);
    const { width } = strip.getBoundingClientRect();
    const zoneWidth = element.clientWidth;
    const perPx = 1_000 / content.pxPerSecond;
    const moving = strip.animate([{ transform: `translateX(${zoneWidth}px)` }, { transform: `translateX(${-width}px)` }], { duration: (zoneWidth + width) * perPx, fill: 'both' });
    moving.startTime = startMs;
    moving.addEventListener('finish', () => strip.remove());
    return { element: strip, startMs, passMs: Math.max(SHORTEST_PASS_MS, width * perPx) };
  }

  /** Hangs strips behind each other until the zone is full, and comes back before the last one has come in. */
  function fill(content: TickerContent): void {
    if (isReleased) return;
    for (let last = strips.at(-1); last !== undefined && last.startMs + last.passMs < nowMs() + AHEAD_MS; last = strips.at(-1)) strips.push(hang(content, last.startMs + last.passMs));
    strips.splice(0, strips.length - 1);
    const [last] = strips;
    if (last === undefined) return;
    timer = setTimeout(
      () => {
        ask()
          // Whoever was reading goes on with what is there; the next play says what is wrong.
          .catch((error: unknown) => (console.warn(`the ticker "${prepare.name}" goes on with what it has:`, error), content))
          .then(fill)
          .catch((error: unknown) => console.error(error));
      },
      Math.max(0, last.startMs + last.passMs - AHEAD_MS - nowMs()),
    );
  }

  return {
    element,
    async prepare() {
      const content = await ask();
      // Taken off before it was up: outside of the page a strip has no width.
      if (isReleased) return;
      element.style.color = content.colour;
      element.style.background = content.background;
      element.style.fontSize = `${(element.clientHeight * content.textPercent) / 100}px`;
      // It begins as if it had always been running: the first headline stands at the left edge.
      strips.push(hang(content, nowMs() - (element.clientWidth * 1_000) / content.pxPerSecond));
      fill(content);
    },
    show: () => counter.start(),
    presentedFrames: () => counter.frames,
    release() {
      isReleased = true;
      clearTimeout(timer);
      counter.stop();
      strips.length = 0;
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
