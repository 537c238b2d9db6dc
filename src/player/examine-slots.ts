import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { programmeSchema, signedProgrammeSchema } from '../contract/index.ts';
import { openFollower, pin, SlotClock, SLOT_TIME_PORT } from '../slot-time/index.ts';
import { loadScreenKey } from '../sync/index.ts';
import { partIn, type SlotNetwork } from './slot-keeping.ts';
import { systemClock } from './system-clock.ts';

const WAIT_MS = 2_500;
const LOOK_MS = 50;

export type SlotExamination =
  | { readonly role: 'alone' }
  | { readonly role: 'leads'; readonly followers: number }
  /** `null`: the leader does not answer. */
  | { readonly role: 'follows'; readonly leader: string; readonly answer: { readonly offsetMs: number; readonly uncertaintyMs: number } | null };

/**
 * What part this screen has in the slots of its last programme, and whether its leader answers now. Beside a running player, which
 * it does not disturb. For a person to look at: that the programme is the hub's is checked by the player.
 *
 * @returns `null` without a programme with slots
 */
export async function examineSlots(dataDir: string, { port = SLOT_TIME_PORT, leader: address }: SlotNetwork): Promise<SlotExamination | null> {
  const slots = await slotsOf(join(dataDir, 'programme.json'));
  if (slots === undefined) return null;
  const key = await loadScreenKey(dataDir);
  const part = partIn(slots, key.publicKey);
  if (part.role === 'alone') return part;
  if (part.role === 'leads') return { role: 'leads', followers: part.followers.length };
  const clock = new SlotClock();
  clock.follow();
  const follower = await openFollower({ signer: key.signer, clock: systemClock, random: Math.random, port, leader: pin(part.leader.publicKey), ...(address === undefined ? {} : { address }), onMeasured: (measurement) => void clock.learn(measurement) });
  try {
    for (const untilMs = performance.now() + WAIT_MS; performance.now() < untilMs; ) {
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
      const now = systemClock();
      const { leader } = clock.at(now);
      if (leader !== null) return { role: 'follows', leader: part.leader.screenId, answer: { offsetMs: now.wallMs - now.monoMs - leader.offsetMs, uncertaintyMs: leader.uncertaintyMs } };
    }
    return { role: 'follows', leader: part.leader.screenId, answer: null };
  } finally {
    await follower.close();
  }
}

async function slotsOf(file: string) {
  try {
    return programmeSchema.parse(JSON.parse(signedProgrammeSchema.parse(JSON.parse(await readFile(file, 'utf8'))).programme)).slots;
  } catch {
    // None yet, or one that the player will complain of.
    return undefined;
  }
}
