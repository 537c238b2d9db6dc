import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { createAnswering, type Answering } from '../../src/slot-time/answering.ts';
import { createAsking, type Asking } from '../../src/slot-time/asking.ts';
import { DATAGRAM_BYTES, write } from '../../src/slot-time/datagram.ts';
import { newKey } from './keys.ts';

const [leader, follower, neighbour] = [newKey(), newKey(), newKey()];
let nowMs: number;
let quality: 'synced' | 'unsynced';
let answering: Answering;
let asking: Asking;

beforeEach(() => {
  nowMs = 1_000;
  quality = 'synced';
  answering = createAnswering({ signer: leader.signer, followers: [follower.pinned], clock: () => ({ wallMs: 1_790_000_000_000 + nowMs, monoMs: nowMs, quality }) });
  asking = createAsking({ signer: follower.signer, leader: leader.pinned, clock: () => ({ wallMs: 0, monoMs: nowMs, quality: 'unsynced' }) });
});

function answered(datagram: Buffer): Buffer {
  const outcome = answering(datagram);
  if (!('answer' in outcome)) throw new Error(`refused: ${outcome.refused}`);
  return outcome.answer;
}

/** With one bit of this byte the other way round. */
function changed(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes);
  copy[at] = copy[at]! ^ 1;
  return copy;
}

describe('a follower', () => {
  it('learns what the wall clock of its leader shows', () => {
    const question = asking.ask();
    nowMs += 2;
    const answer = answered(question);
    nowMs += 4;
    expect(asking.hear(answer)).toEqual({ measurement: { offsetMs: 1_790_000_000_000 - 1, delayMs: 6, atMs: nowMs } });
  });

  it('gets an answer that is no larger than its question: nobody can be flooded through a leader', () => {
    const question = asking.ask();
    expect(question.byteLength).toBe(DATAGRAM_BYTES);
    expect(answered(question).byteLength).toBe(DATAGRAM_BYTES);
  });

  it('hears the same answer once', () => {
    const answer = answered(asking.ask());
    asking.hear(answer);
    expect(asking.hear(answer)).toEqual({ refused: 'replayed' });
  });

  it('does not hear an answer of yesterday', () => {
    const old = answered(asking.ask());
    nowMs += 86_400_000;
    asking.ask();
    expect(asking.hear(old)).toEqual({ refused: 'replayed' });
  });

  it('does not hear an answer that took more than a second', () => {
    const answer = answered(asking.ask());
    nowMs += 1_001;
    expect(asking.hear(answer)).toEqual({ refused: 'late' });
    expect(asking.unanswered).toBe(1);
  });

  it('does not hear an answer that somebody else signed, nor one that names the leader and is not signed by it', () => {
    const question = asking.ask();
    const nonce = question.subarray(48, 64);
    const lie = { kind: 'answer', nonce, isClockSet: true, heardMs: 5, answeredMs: 5 } as const;
    expect(asking.hear(write(lie, neighbour.signer))).toEqual({ refused: 'stranger' });
    expect(asking.hear(write(lie, { publicKey: leader.signer.publicKey, sign: (message) => neighbour.signer.sign(message) }))).toEqual({ refused: 'forged' });
    expect(asking.hear(write(lie, { publicKey: leader.signer.publicKey, sign: () => Buffer.alloc(64) }))).toEqual({ refused: 'forged' });
  });

  it('does not hear an answer with any bit of it changed on the way', () => {
    const answer = answered(asking.ask());
    for (let at = 0; at < answer.byteLength; at += 1) expect(asking.hear(changed(answer, at)), `byte ${at}`).toHaveProperty('refused');
    expect(asking.hear(answer)).toHaveProperty('measurement');
  });

  it('does not take its own question, thrown back, for an answer', () => {
    expect(asking.hear(asking.ask())).toEqual({ refused: 'foreign' });
  });

  it('is told when the clock of its leader was never set, and does not go by it', () => {
    quality = 'unsynced';
    expect(asking.hear(answered(asking.ask()))).toEqual({ refused: 'leader-unset' });
  });
});

describe('a leader', () => {
  it('does not answer a screen that has no place in its group', () => {
    const stranger = createAsking({ signer: neighbour.signer, leader: leader.pinned, clock: () => ({ wallMs: 0, monoMs: 0, quality: 'synced' }) });
    expect(answering(stranger.ask())).toEqual({ refused: 'stranger' });
  });

  it('does not answer a question with any bit of it changed, nor the same one twice', () => {
    const question = asking.ask();
    for (let at = 0; at < question.byteLength; at += 8) {
      nowMs += 100;
      expect(answering(changed(question, at)), `byte ${at}`).toHaveProperty('refused');
    }
    answered(question);
    expect(answering(question)).toEqual({ refused: 'replayed' });
  });

  it('does not answer what is too short, too long, or none of ours', () => {
    expect(answering(Buffer.alloc(0))).toEqual({ refused: 'size' });
    expect(answering(Buffer.concat([asking.ask(), Buffer.alloc(1)]))).toEqual({ refused: 'size' });
    expect(answering(Buffer.alloc(65_000))).toEqual({ refused: 'size' });
    expect(answering(randomBytes(DATAGRAM_BYTES))).toEqual({ refused: 'foreign' });
  });

  it('answers nobody for the rest of a second in which it checked a hundred signatures; what is no question costs none', () => {
    for (let count = 0; count < 200; count += 1) answering(Buffer.alloc(3));
    for (let count = 0; count < 100; count += 1) expect(answering(asking.ask())).toHaveProperty('answer');
    expect(answering(asking.ask())).toEqual({ refused: 'too-many' });
    nowMs += 1_000;
    answered(asking.ask());
  });
});

it('no datagram, whatever stands in it, is taken or kills anybody', () => {
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array({ maxLength: 200 }), fc.uint8Array({ minLength: DATAGRAM_BYTES, maxLength: DATAGRAM_BYTES })), (bytes) => {
      nowMs += 1_000;
      expect(answering(Buffer.from(bytes))).toHaveProperty('refused');
      expect(asking.hear(Buffer.from(bytes))).toHaveProperty('refused');
    }),
    { numRuns: 500 },
  );
});
