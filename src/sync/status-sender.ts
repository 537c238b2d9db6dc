import type { Random, SignedCommand, StatusReport } from '../contract/index.ts';
import type { BackOff } from './back-off.ts';
import type { HubClient } from './hub-client.ts';
import { ownTurns } from './own-turns.ts';
import { startRounds } from './rounds.ts';
import { createTrouble, type TroubleListener } from './trouble.ts';

const INTERVAL_MS = 10_000;
/** Shorter than the uplink's: the console should see soon that a screen is back. */
const BACK_OFF: BackOff = { baseMs: 2_000, capMs: 60_000 };

export interface StatusSenderOptions {
  readonly hub: HubClient;
  /** The state of this moment, asked for just before it is sent: the newest is the only one that matters. */
  readonly current: () => StatusReport;
  /** What the hub wants of this screen. */
  readonly onCommands?: (commands: readonly SignedCommand[]) => void;
  readonly random: Random;
  /** Hears of refusals. That the hub is away is the uplink's to say. */
  readonly onTrouble: TroubleListener;
  readonly intervalMs?: number;
  readonly backOff?: BackOff;
}

export interface StatusSender {
  /** Something changed that the console should show. */
  changed(): void;
  close(): Promise<void>;
}

/** Tells the hub how the screen is. A report that did not get through is not sent later: the next one is newer. */
export function startStatusSender({ hub, current, onCommands = () => undefined, random, onTrouble, intervalMs = INTERVAL_MS, backOff = BACK_OFF }: StatusSenderOptions): StatusSender {
  const rounds = startRounds({
    round: async (signal) => onCommands(await hub.report(current(), signal)),
    pauseMs: ownTurns(hub.identity.screenId, intervalMs),
    backOff,
    random,
    trouble: createTrouble((trouble) => {
      if (trouble?.code !== 'hub-offline') onTrouble(trouble);
    }),
  });
  return { changed: () => rounds.wake(), close: () => rounds.close() };
}
