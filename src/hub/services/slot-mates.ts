import { LitfassError, type SlotMate, type Slots, type SlotsDraft } from '../../contract/index.ts';
import type { HubDatabase } from '../repositories/schema.ts';
import { findScreen } from '../repositories/screens.ts';

/**
 * The slots as screens get them: each screen of a group with the key that it enrolled with, under this hub's signature. So the
 * screens of a shop know each other, whatever else is in their network. A screen's name never gets another key.
 *
 * @throws LitfassError `programme-invalid` for a screen that is not at this hub
 */
export async function withSlotMates(db: HubDatabase, { cycleMs, groups }: SlotsDraft): Promise<Slots> {
  if (groups === undefined) return { cycleMs };
  const known: NonNullable<Slots['groups']> = [];
  for (const [index, { leader, followers }] of groups.entries()) {
    const at = `slots.groups.${String(index)}`;
    const mates: SlotMate[] = [];
    for (const [place, id] of followers.entries()) mates.push(await mateOf(db, id, `${at}.followers.${String(place)}`));
    known.push({ leader: await mateOf(db, leader, `${at}.leader`), followers: mates });
  }
  return { cycleMs, groups: known };
}

async function mateOf(db: HubDatabase, screenId: string, where: string): Promise<SlotMate> {
  const screen = await findScreen(db, screenId);
  if (screen === undefined) throw new LitfassError('programme-invalid', `${where}: there is no screen "${screenId}" at this hub. Take its id from the console, or enrol it first.`);
  return { screenId, publicKey: screen.public_key };
}
