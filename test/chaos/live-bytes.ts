import type { CDPSession } from 'playwright-core';
import { trace } from '../e2e/trace.ts';

type Sizes = Readonly<Record<string, { readonly attrs?: Readonly<Record<string, { readonly value: string | number }>> } | undefined>>;
interface Dump {
  readonly ph: string;
  readonly pid: number;
  readonly args: { readonly dumps?: { readonly allocators?: Sizes } };
}

/** What each allocator has handed out and not got back, without what it keeps for later: hexadecimal bytes in a dump. */
const HANDED_OUT = [
  ['blink_gc/main/allocated_objects', 'size'],
  ['malloc/partitions', 'allocated_objects_size'],
  ['partition_alloc/allocated_objects', 'size'],
] as const;

/**
 * Bytes that are alive in each of a browser's processes, beside the heaps of scripts, by Chromium's own dump of its memory
 * (memory-infra): elements and styles, decoded pictures, and all else that is made without a garbage collector. What an allocator
 * keeps of what it was given back depends on the order in which that came; what is alive does not.
 *
 * @param browser a session with the whole browser
 */
export async function liveBytes(browser: CDPSession): Promise<ReadonlyMap<number, number>> {
  const dumps = await trace<Dump>(browser, 'disabled-by-default-memory-infra', () => browser.send('Tracing.requestMemoryDump', { levelOfDetail: 'detailed' }));
  const bytes = new Map<number, number>();
  for (const { ph, pid, args } of dumps) {
    const allocators = args.dumps?.allocators;
    if (ph !== 'v' || allocators?.['malloc/partitions'] === undefined) continue;
    bytes.set(pid, HANDED_OUT.reduce((sum, [name, attribute]) => sum + Number(`0x${allocators[name]?.attrs?.[attribute]?.value ?? 0}`), 0));
  }
  return bytes;
}
