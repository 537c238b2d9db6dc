/** Aborts when nothing was heard for a while. Its signal also aborts with the outer one. */
export interface Watchdog {
  readonly signal: AbortSignal;
  /** Something was heard: the time starts anew. */
  pat(): void;
  stop(): void;
}

/** Sees to it that a peer that has gone silent, but not away, holds nobody for ever. `silence` becomes the reason of the abort. */
export function startWatchdog(silenceMs: number, outer: AbortSignal, silence: () => Error): Watchdog {
  const controller = new AbortController();
  const bark = (): void => controller.abort(silence());
  let timer = setTimeout(bark, silenceMs);
  const follow = (): void => {
    clearTimeout(timer);
    controller.abort(outer.reason);
  };
  outer.addEventListener('abort', follow, { once: true });
  if (outer.aborted) follow();
  return {
    signal: controller.signal,
    pat() {
      clearTimeout(timer);
      timer = setTimeout(bark, silenceMs);
    },
    stop() {
      clearTimeout(timer);
      outer.removeEventListener('abort', follow);
    },
  };
}
