const LOOK_MS = 1_000;

export interface SensingSwitch {
  /** Calls at once with the state, and again at each change. */
  onChange(listener: (wanted: boolean) => void): void;
  close(): void;
}

/** Watches whether the camera is wanted: a permit can come with a programme, and run out with the clock. */
export function startSensingSwitch(isWanted: () => boolean): SensingSwitch {
  const listeners = new Set<(wanted: boolean) => void>();
  let wanted = isWanted();
  const timer = setInterval(() => {
    if (isWanted() === wanted) return;
    wanted = !wanted;
    for (const listener of listeners) listener(wanted);
  }, LOOK_MS);
  return {
    onChange(listener) {
      listeners.add(listener);
      listener(wanted);
    },
    close: () => clearInterval(timer),
  };
}
