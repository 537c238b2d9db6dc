import type { Interval } from './opportunity.ts';

/** What is on the screen: which showing of which creative, and since when, ms of the clock of the observations. */
export interface Message {
  readonly id: string;
  readonly sinceMs: number;
}

/** When messages were on the screen. What they were is forgotten. */
export interface Messages {
  /** Takes in what is on the screen at a moment; `null`: nothing. */
  show(message: Message | null, atMs: number): void;
  /** Those on the screen at some time after a moment; those before it are forgotten. */
  since(fromMs: number): readonly Interval[];
}

export function followMessages(): Messages {
  let current: (Message & { untilMs: number }) | null = null;
  let past: readonly Interval[] = [];
  return {
    show(message, atMs) {
      if (message && message.id === current?.id) {
        current.untilMs = Math.max(current.untilMs, atMs);
        return;
      }
      // One that follows at once says exactly when the one before it ended.
      if (current) past = [...past, { fromMs: current.sinceMs, untilMs: message && message.sinceMs > current.untilMs ? Math.min(message.sinceMs, atMs) : current.untilMs }];
      current = message && { ...message, untilMs: Math.max(atMs, message.sinceMs) };
    },
    since(fromMs) {
      past = past.filter(({ untilMs }) => untilMs >= fromMs);
      return current ? [...past, { fromMs: current.sinceMs, untilMs: current.untilMs }] : past;
    },
  };
}
