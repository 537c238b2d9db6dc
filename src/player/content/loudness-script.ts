import { FRAME_LOUDNESS, FRAME_PULSE } from '../../contract/index.ts';

/**
 * Run in a page before its own scripts: an expression whose value sets how loud the page is, from 0 to 1. It is silent until that is
 * called: a frame cannot be muted from outside. Elements that play are turned down, whether they stand in the page or not, and what a
 * page makes of sound itself goes through a gain of ours on its way out.
 */
export const LOUDNESS_SCRIPT = `(() => {
  let loudness = 0;
  // A page that stays for a day may make thousands of them: each goes when the page lets go of it.
  let playing = [], gains = [];
  const alive = (references) => references.filter((reference) => reference.deref() !== undefined);
  const muted = new WeakSet(), wanted = new WeakMap(), ways = new WeakMap();
  const turn = (element) => {
    if (!wanted.has(element)) {
      wanted.set(element, element.volume);
      playing = [...alive(playing), new WeakRef(element)];
      element.addEventListener('volumechange', () => loudness === 0 && turn(element));
    }
    if (loudness > 0) {
      element.volume = wanted.get(element) * loudness;
      if (muted.delete(element)) element.muted = false;
    } else if (!element.muted) {
      muted.add(element);
      element.muted = true;
    }
  };
  const { play } = HTMLMediaElement.prototype;
  HTMLMediaElement.prototype.play = function () {
    turn(this);
    return play.call(this);
  };
  const hear = ({ target }) => target instanceof HTMLMediaElement && turn(target);
  const { get } = Object.getOwnPropertyDescriptor(BaseAudioContext.prototype, 'destination');
  Object.defineProperty(AudioContext.prototype, 'destination', {
    configurable: true,
    get() {
      if (!ways.has(this)) {
        const way = new GainNode(this, { gain: loudness });
        way.connect(get.call(this));
        ways.set(this, way);
        gains = [...alive(gains), new WeakRef(way)];
      }
      return ways.get(this);
    },
  });
  const say = (next) => {
    // Said again and again; what the page does with its own loudness meanwhile is its own.
    if (next === loudness) return;
    loudness = next;
    for (const reference of alive(playing)) turn(reference.deref());
    for (const reference of alive(gains)) reference.deref().gain.value = next;
  };
  say.listen = () => {
    addEventListener('play', hear, true);
    // What began before anybody listened.
    document.querySelectorAll('audio, video').forEach(turn);
  };
  say.listen();
  return say;
})()`;

/**
 * Run in a frame of somebody else's before its own scripts, or as early as the shell can: it is silent until the stage, which is the
 * outermost page, says how loud it may be. Nobody else can say it: a page can make up a message, but not one that the browser trusts.
 * It hands over a port, on which it answers as long as the page does not hang. Run again, it listens again and no more than once.
 */
export const TOLD_LOUDNESS_SCRIPT = `{
  const make = () => {
    const say = ${LOUDNESS_SCRIPT};
    let hasAnswered = false;
    const hear = (event) => {
      if (!event.isTrusted || event.source !== top || event.data?.type !== '${FRAME_LOUDNESS}') return;
      event.stopImmediatePropagation();
      say(event.data.loudness);
      if (hasAnswered) return;
      hasAnswered = true;
      // A page that is written anew by its own script loses what listens to its window, and keeps its ports.
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = ({ data }) => {
        say.listen();
        say(data);
        port1.postMessage(0);
      };
      top.postMessage('${FRAME_PULSE}', event.origin, [port2]);
    };
    return () => {
      say.listen();
      addEventListener('message', hear, true);
    };
  };
  (window[Symbol.for('${FRAME_LOUDNESS}')] ??= make())();
}`;
