import type { Clock } from '../contract/index.ts';
import { readQuestion, write, type DatagramSigner, type PinnedKey, type Unreadable } from './datagram.ts';

/** 32 followers ask eight times a second together; more is somebody else. */
const MOST_A_SECOND = 100;
const NONCES_KEPT = 1_024;

export interface AnsweringParts {
  readonly signer: DatagramSigner;
  readonly followers: readonly PinnedKey[];
  readonly clock: Clock;
}

/** `too-many`: nobody is answered for the rest of the second. `replayed`: this question was asked before. */
export type Unanswered = Unreadable | 'too-many' | 'replayed';

/** Answers a datagram, or says why it does not. */
export type Answering = (datagram: Buffer) => { readonly answer: Buffer } | { readonly refused: Unanswered };

/** The leader's part: says what its wall clock shows, to its own followers and to nobody else. */
export function createAnswering({ signer, followers, clock }: AnsweringParts): Answering {
  const known = new Set<string>();
  let second = 0;
  let taken = 0;

  function mayCheck(monoMs: number): boolean {
    const now = Math.floor(monoMs / 1_000);
    if (now !== second) [second, taken] = [now, 0];
    taken += 1;
    return taken <= MOST_A_SECOND;
  }

  function isNew(nonce: string): boolean {
    if (known.has(nonce)) return false;
    const [oldest] = known;
    if (known.size >= NONCES_KEPT && oldest !== undefined) known.delete(oldest);
    known.add(nonce);
    return true;
  }

  return (datagram) => {
    const heard = clock();
    const question = readQuestion(datagram, followers, () => mayCheck(heard.monoMs));
    if (typeof question === 'string') return { refused: question };
    if (!isNew(question.nonce.toString('base64'))) return { refused: 'replayed' };
    // Between the two times by the monotonic clock: a wall clock that is set in between would be a delay below nothing.
    const answeredMs = heard.wallMs + (clock().monoMs - heard.monoMs);
    return { answer: write({ kind: 'answer', nonce: question.nonce, isClockSet: heard.quality === 'synced', heardMs: heard.wallMs, answeredMs }, signer) };
  };
}
