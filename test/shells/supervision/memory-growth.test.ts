import { expect, it } from 'vitest';
import { createMemoryGrowth } from '../../../src/shells/supervision/memory-growth.ts';

const MB = 1_048_576;
const MINUTE = 60_000;

it('lets a page fill its caches at first', () => {
  const grown = createMemoryGrowth(0);
  expect([80, 300, 700].map((mb, minute) => grown(mb * MB, minute * MINUTE))).toEqual([false, false, false]);
});

it('is no growth when a video comes and goes', () => {
  const grown = createMemoryGrowth(0);
  for (let minute = 4; minute < 600; minute += 1) expect(grown((minute % 2 === 0 ? 200 : 450) * MB, minute * MINUTE)).toBe(false);
});

it('sees a page that leaks 5 MB a minute, when it has grown by 300 MB', () => {
  const grown = createMemoryGrowth(0);
  let minute = 4;
  while (!grown((200 + 5 * (minute - 4)) * MB, minute * MINUTE)) minute += 1;
  expect(minute).toBe(4 + 61);
});
