import type { HubClock, ScreenClock, SlotState } from '../../../src/contract/index.ts';
import { durationWords } from './time.ts';

/** Less is the everyday work of time servers, and of the way to the hub. */
const NOTABLE_MS = 1_000;

/** What the times of a screen rest on, in one line, and whether somebody should look after it. */
export function screenClockWords({ quality, hubClock, slots }: ScreenClock): { words: string; odd: boolean } {
  const own = quality === 'synced' ? 'Set' : 'Never set';
  const parts = [own, ...(hubClock === null ? [] : [hubWords(hubClock)]), ...(slots === null ? [] : [slotWords(slots)])];
  return { words: parts.join(', '), odd: quality === 'unsynced' || isFar(hubClock) || slots?.source === 'hold-over' || slots?.source === 'none' || (slots?.role === 'follows' && slots.source === 'own') };
}

function hubWords(clock: HubClock): string {
  const ms = Math.abs(clock.offsetMs);
  if (ms <= Math.max(NOTABLE_MS, clock.uncertaintyMs)) return 'agrees with the hub';
  return `${durationWords(ms)} ${clock.offsetMs < 0 ? 'behind' : 'ahead of'} the hub`;
}

function isFar(clock: HubClock | null): boolean {
  return clock !== null && Math.abs(clock.offsetMs) > Math.max(NOTABLE_MS, clock.uncertaintyMs);
}

function slotWords({ role, source, leader, uncertaintyMs }: SlotState): string {
  const within = uncertaintyMs === null ? '' : `, ± ${uncertaintyMs.toLocaleString('en')} ms`;
  if (source === 'none') return 'shares no slots';
  if (role === 'leads') return 'leads the slots of its group';
  if (role === 'alone') return 'slots by its own clock';
  if (source === 'leader') return `slots by ${leader ?? 'its leader'}${within}`;
  if (source === 'hold-over') return `slots by ${leader ?? 'its leader'}, which is silent${within}`;
  return `slots by its own clock: ${leader ?? 'its leader'} is not heard`;
}
