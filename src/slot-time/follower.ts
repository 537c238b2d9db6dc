import type { Clock, Random } from '../contract/index.ts';
import { createAsking, type Unheard } from './asking.ts';
import type { DatagramSigner, PinnedKey } from './datagram.ts';
import type { Measurement } from './exchange.ts';
import { openWire } from './wire.ts';

/** At first quickly: a screen that starts should share slots from its first creative on. */
const FIRST_MS = 100;
const FIRST_QUESTIONS = 5;
const EVERY_MS = 4_000;
/** So that screens that were switched on together do not ask together. */
const SPREAD = 0.2;
/** After so many questions without an answer the leader may have another address: everybody is asked. */
const LOST_AFTER = 3;

export interface FollowerParts {
  readonly signer: DatagramSigner;
  readonly leader: PinnedKey;
  readonly clock: Clock;
  readonly random: Random;
  /** Where leaders listen. */
  readonly port: number;
  /** Where the leader is, for a network that lets nothing through that is sent to all. */
  readonly address?: string;
  readonly onMeasured: (measurement: Measurement) => void;
  /** A datagram that was not believed, and why. */
  readonly onRefused?: (why: Unheard, address: string) => void;
}

export interface Follower {
  close(): Promise<void>;
}

/** Asks the leader again and again, wherever it is: whoever answers with its signature is it. @throws LitfassError `slot-port` */
export async function openFollower({ random, port, address, onMeasured, onRefused = () => undefined, ...parts }: FollowerParts): Promise<Follower> {
  const asking = createAsking(parts);
  let asked = 0;
  let leaderAt: { readonly address: string; readonly port: number } | null = null;
  const wire = await openWire({
    port: 0,
    hearsAll: false,
    onDatagram(datagram, from) {
      const outcome = asking.hear(datagram);
      if ('refused' in outcome) {
        onRefused(outcome.refused, from.address);
        return;
      }
      leaderAt = { address: from.address, port: from.port };
      onMeasured(outcome.measurement);
    },
  });

  function ask(): void {
    const isLost = leaderAt === null || asking.unanswered >= LOST_AFTER;
    const datagram = asking.ask();
    if (address !== undefined) wire.send(datagram, { address, port });
    else if (isLost) void wire.sendToAll(datagram, port);
    else if (leaderAt !== null) wire.send(datagram, leaderAt);
    asked += 1;
    timer = setTimeout(ask, asked < FIRST_QUESTIONS ? FIRST_MS : EVERY_MS * (1 + SPREAD * (random() - 0.5)));
  }

  let timer = setTimeout(ask, 0);
  return {
    async close() {
      clearTimeout(timer);
      await wire.close();
    },
  };
}
