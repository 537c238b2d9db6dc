import type { Clock } from '../contract/index.ts';
import { createAnswering, type Unanswered } from './answering.ts';
import type { DatagramSigner, PinnedKey } from './datagram.ts';
import { openWire } from './wire.ts';

export interface LeaderParts {
  readonly signer: DatagramSigner;
  readonly followers: readonly PinnedKey[];
  readonly clock: Clock;
  readonly port: number;
  /** A datagram that was not answered, and why. */
  readonly onRefused?: (why: Unanswered, address: string) => void;
}

export interface Leader {
  readonly port: number;
  close(): Promise<void>;
}

/** Listens for questions of the followers. @throws LitfassError `slot-port` */
export async function openLeader({ port, onRefused = () => undefined, ...parts }: LeaderParts): Promise<Leader> {
  const answering = createAnswering(parts);
  const wire = await openWire({
    port,
    hearsAll: true,
    onDatagram(datagram, from) {
      const outcome = answering(datagram);
      if ('answer' in outcome) wire.send(outcome.answer, from);
      else onRefused(outcome.refused, from.address);
    },
  });
  return { port: wire.port, close: () => wire.close() };
}
