import { randomBytes } from 'node:crypto';
import type { Clock } from '../contract/index.ts';
import { NONCE_BYTES, readAnswer, write, type DatagramSigner, type PinnedKey, type Unreadable } from './datagram.ts';
import { measure, type Measurement } from './exchange.ts';

/** An answer that took longer says too little. */
const LONGEST_MS = 1_000;

export interface AskingParts {
  readonly signer: DatagramSigner;
  readonly leader: PinnedKey;
  readonly clock: Clock;
}

/** `replayed`: it answers no question that is open, so it was heard before, or made up. `late`: it took more than a second. */
export type Unheard = Unreadable | 'replayed' | 'late' | 'leader-unset';

export interface Asking {
  /** A new question. */
  ask(): Buffer;
  hear(datagram: Buffer): { readonly measurement: Measurement } | { readonly refused: Unheard };
  /** Asked since the last good answer. */
  readonly unanswered: number;
}

/** The follower's part: asks with a nonce, and believes only what its leader signed with the same one. */
export function createAsking({ signer, leader, clock }: AskingParts): Asking {
  const open = new Map<string, number>();
  let unanswered = 0;

  function forgetOld(nowMs: number): void {
    for (const [nonce, askedMs] of open) if (nowMs - askedMs > 2 * LONGEST_MS) open.delete(nonce);
  }

  return {
    get unanswered() {
      return unanswered;
    },
    ask() {
      const nonce = randomBytes(NONCE_BYTES);
      const datagram = write({ kind: 'question', nonce }, signer);
      unanswered += 1;
      // After signing: that takes time, and is none on the way.
      const { monoMs } = clock();
      forgetOld(monoMs);
      open.set(nonce.toString('base64'), monoMs);
      return datagram;
    },
    hear(datagram) {
      const receivedMs = clock().monoMs;
      const answer = readAnswer(datagram, leader);
      if (typeof answer === 'string') return { refused: answer };
      const nonce = answer.nonce.toString('base64');
      const askedMs = open.get(nonce);
      if (askedMs === undefined) return { refused: 'replayed' };
      open.delete(nonce);
      if (receivedMs - askedMs > LONGEST_MS) return { refused: 'late' };
      unanswered = 0;
      if (!answer.isClockSet) return { refused: 'leader-unset' };
      return { measurement: measure({ askedMs, heardMs: answer.heardMs, answeredMs: answer.answeredMs, receivedMs }) };
    },
  };
}
