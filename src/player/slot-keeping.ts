import { LitfassError, type Clock, type ClockReading, type Random, type Slots, type SlotState } from '../contract/index.ts';
import { openFollower, openLeader, pin, SlotClock, SLOT_TIME_PORT } from '../slot-time/index.ts';
import type { ScreenKey } from '../sync/index.ts';
import type { Happenings } from './happenings.ts';
import type { Trouble } from './trouble.ts';

/** One line for people, also when nobody asked for the time lately. */
const LOOK_MS = 5_000;
/** A leader that starts together with its followers is given this long. */
const PATIENCE_MS = 30_000;

/** What the installer says of the shop's network; the rest stands in the signed programme. */
export interface SlotNetwork {
  /** UDP port of leaders. */
  readonly port?: number;
  /** Address of the leader, where multicast does not get through. */
  readonly leader?: string;
}

export interface SlotKeepingParts {
  readonly key: ScreenKey;
  readonly clock: Clock;
  readonly random: Random;
  readonly network: SlotNetwork;
  readonly happenings: Happenings;
  readonly trouble: Trouble;
}

export interface SlotKeeping {
  /** The programme says whether this screen leads, follows, or stands alone. */
  follow(slots: Slots | undefined): void;
  /** What slots are counted by now, ms; `null`: this screen keeps its own time. */
  at(now: ClockReading): number | null;
  /** `null`: the programme has no slots. */
  state(): SlotState | null;
  close(): void;
}

type Part = { readonly role: 'alone' } | { readonly role: 'leads'; readonly followers: readonly string[] } | { readonly role: 'follows'; readonly leader: { readonly screenId: string; readonly publicKey: string } };
const ALONE: Part = { role: 'alone' };

/** Keeps the time of this screen's slots as its programme says: alone, for others, or by another. */
export function startSlotKeeping({ key, clock, random, network, happenings, trouble }: SlotKeepingParts): SlotKeeping {
  const slotClock = new SlotClock();
  const { port = SLOT_TIME_PORT } = network;
  let slots: Slots | undefined;
  let part: Part = ALONE;
  let followsSinceMs = 0;
  let lostIsSaid = false;
  let isUnset = false;
  let changing: Promise<{ close(): Promise<void> } | null> = Promise.resolve(null);

  async function open(next: Part): Promise<{ close(): Promise<void> } | null> {
    const common = { signer: key.signer, clock, port };
    if (next.role === 'leads') return openLeader({ ...common, followers: next.followers.map(pin) });
    if (next.role === 'alone') return null;
    return openFollower({
      ...common,
      random,
      leader: pin(next.leader.publicKey),
      ...(network.leader === undefined ? {} : { address: network.leader }),
      onMeasured(measurement) {
        isUnset = false;
        slotClock.learn(measurement);
      },
      onRefused(why) {
        if (why === 'forged') trouble.tell(`Somebody in this network sends the time in the name of "${next.leader.screenId}", whose slots this screen follows, and is not it. Nothing is taken over; look who is in this network.`);
        if (why === 'leader-unset') isUnset = true;
      },
    });
  }

  /** One after the other: the port of a part that ends is free for the next. */
  function change(next: Part): void {
    changing = changing.then(async (before) => {
      await before?.close();
      try {
        const opened = await open(next);
        trouble.over('slot-port');
        return opened;
      } catch (error) {
        if (!(error instanceof LitfassError)) throw error;
        trouble.stands('slot-port', error.message);
        return null;
      }
    });
  }

  /** That its leader is gone is said when it is noticed, and again when its time is given up. */
  function look(): void {
    const { source, ms } = slotClock.at(clock());
    if (part.role !== 'follows') return;
    if (source === 'leader') {
      lostIsSaid = false;
      trouble.over('slot-leader');
      return;
    }
    const name = part.leader.screenId;
    if (source === 'hold-over') trouble.stands('slot-leader', `"${name}", whose slots this screen follows, is silent. Its time is carried on for an hour at the most.`);
    else if (!lostIsSaid && clock().monoMs - followsSinceMs > PATIENCE_MS) {
      lostIsSaid = true;
      const line = `"${name}", whose slots this screen follows, ${isUnset ? 'has a clock that was never set' : 'is not heard'}: ${ms === null ? 'this screen keeps its own time' : 'slots are counted by its own clock'}. ${isUnset ? 'Give that screen a time server.' : `See that both are in one network that lets UDP port ${port} through; where it does not pass on multicast, start this one with --slot-leader ADDRESS.`}`;
      trouble.stands('slot-leader', line);
      happenings.fault('slot-leader-lost', line);
    }
  }

  const timer = setInterval(look, LOOK_MS);
  return {
    follow(next) {
      slots = next;
      const now = partIn(next, key.publicKey);
      if (JSON.stringify(now) === JSON.stringify(part)) return;
      part = now;
      lostIsSaid = false;
      followsSinceMs = clock().monoMs;
      trouble.over('slot-leader');
      if (now.role === 'follows') slotClock.follow();
      else slotClock.stopFollowing();
      change(now);
    },
    at: (now) => slotClock.at(now).ms,
    state() {
      if (slots === undefined) return null;
      const now = clock();
      const { source, leader } = slotClock.at(now);
      return {
        role: part.role,
        source,
        leader: part.role === 'follows' ? part.leader.screenId : null,
        offsetMs: leader === null ? null : Math.round(now.wallMs - now.monoMs - leader.offsetMs),
        uncertaintyMs: leader === null ? null : tenths(leader.uncertaintyMs),
        driftPpm: leader?.driftPpm == null ? null : tenths(leader.driftPpm),
      };
    },
    close() {
      clearInterval(timer);
      change(ALONE);
    },
  };
}

/** This screen's part, by the key that is its own. */
export function partIn(slots: Slots | undefined, publicKey: string): Part {
  for (const { leader, followers } of slots?.groups ?? []) {
    if (leader.publicKey === publicKey) return { role: 'leads', followers: followers.map((mate) => mate.publicKey) };
    if (followers.some((mate) => mate.publicKey === publicKey)) return { role: 'follows', leader };
  }
  return ALONE;
}

function tenths(value: number): number {
  return Math.round(10 * value) / 10;
}
