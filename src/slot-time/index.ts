// Slot time: which clock the slots of screens side by side are counted by. Alone, by a screen's own; in a group, by that of its
// leader, measured over the shop's network by datagrams that carry times and signatures, and nothing else. Only the slots go by
// it: what is written down of a play is the screen's own time.
export { pin } from './datagram.ts';
export { openFollower, type Follower } from './follower.ts';
export { openLeader, type Leader } from './leader.ts';
export { SlotClock, type SlotTime } from './slot-clock.ts';
export { SLOT_TIME_PORT } from './wire.ts';
