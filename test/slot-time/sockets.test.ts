import { createSocket } from 'node:dgram';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import type { Clock } from '../../src/contract/index.ts';
import { openFollower, openLeader, SlotClock, type Follower, type Leader } from '../../src/slot-time/index.ts';
import { newKey } from './keys.ts';
import { until } from './until.ts';

const MINUTE = 60_000;
const closing: { close(): Promise<void> }[] = [];

afterEach(async () => {
  await Promise.all(closing.splice(0).map((each) => each.close()));
});

/** A machine whose wall clock is `aheadMs` off and runs `ppm` fast, as its monotonic clock does. */
function machine(aheadMs: number, ppm: number): Clock {
  const startMs = performance.now();
  const wallMs = Date.now();
  return () => {
    const passedMs = (performance.now() - startMs) * (1 + ppm / 1_000_000);
    return { wallMs: Math.floor(wallMs + aheadMs + passedMs), monoMs: 5_000 + passedMs, quality: 'synced' };
  };
}

const [leaderKey, followerKey] = [newKey(), newKey()];

async function lead(clock: Clock, refused: string[] = []): Promise<Leader> {
  const leader = await openLeader({ signer: leaderKey.signer, followers: [followerKey.pinned], clock, port: 0, onRefused: (why) => refused.push(why) });
  closing.push(leader);
  return leader;
}

interface Following {
  readonly slots: SlotClock;
  readonly measured: () => number;
  readonly refused: string[];
  readonly follower: Follower;
}

async function follow(clock: Clock, where: { port: number; address?: string }): Promise<Following> {
  const slots = new SlotClock();
  slots.follow();
  let measured = 0;
  const refused: string[] = [];
  const follower = await openFollower({
    signer: followerKey.signer,
    leader: leaderKey.pinned,
    clock,
    random: Math.random,
    ...where,
    onMeasured(measurement) {
      slots.learn(measurement);
      measured += 1;
    },
    onRefused: (why) => refused.push(why),
  });
  closing.push(follower);
  return { slots, measured: () => measured, refused, follower };
}

describe('two machines on one network', () => {
  it('count slots by one time, though their clocks are minutes apart and drift', async () => {
    const [atLeader, atFollower] = [machine(0, 0), machine(-7 * MINUTE, 250)];
    const { port } = await lead(atLeader);
    const { slots, measured } = await follow(atFollower, { port, address: '127.0.0.1' });
    await until(() => measured() >= 5);
    // This process may stand still between two readings: the leader's clock is read before and after.
    const earliestMs = atLeader().wallMs;
    const { ms, source, leader } = slots.at(atFollower());
    const latestMs = atLeader().wallMs;
    expect(source).toBe('leader');
    expect(ms).toBeGreaterThan(earliestMs - leader!.uncertaintyMs - 3);
    expect(ms).toBeLessThan(latestMs + leader!.uncertaintyMs + 3);
    expect(Math.abs(atFollower().wallMs - atLeader().wallMs)).toBeGreaterThan(6 * MINUTE);
  });

  it('find each other without an address, where the network lets through what is sent to all', async ({ skip }) => {
    const clock = machine(0, 0);
    const { port } = await lead(clock);
    const { measured } = await follow(machine(MINUTE, 0), { port });
    await until(() => measured() >= 3, 3_000).catch(() => {
      skip('this machine has no network that multicast works in');
    });
    expect(measured()).toBeGreaterThanOrEqual(3);
  });

  it('are not disturbed by what others send, and say what it was', async () => {
    const clock = machine(0, 0);
    const refused: string[] = [];
    const { port } = await lead(clock, refused);
    const { slots, measured } = await follow(machine(-MINUTE, 0), { port, address: '127.0.0.1' });
    const stranger = createSocket('udp4');
    closing.push({ close: promisify(stranger.close.bind(stranger)) });
    const heard: Buffer[] = [];
    stranger.on('message', (bytes) => heard.push(bytes));
    for (const bytes of [Buffer.alloc(3), Buffer.alloc(9_000), Buffer.alloc(144)]) stranger.send(bytes, port, '127.0.0.1');
    await until(() => measured() >= 5 && refused.length === 3);
    expect(refused).toEqual(['size', 'size', 'foreign']);
    expect(heard).toEqual([]);
    expect(slots.at(machine(-MINUTE, 0)()).leader).not.toBeNull();
  });
});

it('says which port is taken, and what to do', async () => {
  const other = createSocket('udp4');
  closing.push({ close: promisify(other.close.bind(other)) });
  await new Promise<void>((resolve) => other.bind(0, () => resolve()));
  const { port } = other.address();
  await expect(openLeader({ signer: leaderKey.signer, followers: [], clock: machine(0, 0), port })).rejects.toMatchObject({ code: 'slot-port', message: expect.stringContaining('--slot-port') as string });
});
