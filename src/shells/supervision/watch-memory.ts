import { totalmem } from 'node:os';
import { heldBytes } from './in-time.ts';
import { createMemoryRelief } from './memory-relief.ts';
import type { StagePage } from './stage-page.ts';

const EVERY_MS = 60_000;
/** Beside the stage, the player and the system. */
const MOST_OF_MEMORY = 0.3;

/**
 * Opens a page anew that has grown. For one that nobody sees: some seconds without it cost nothing that anybody would notice.
 *
 * @param mostBytes never more than this, whatever it held when it had settled
 */
export function watchMemory(page: Pick<StagePage, 'upMs' | 'memoryBytes' | 'reopen'>, mostBytes = totalmem() * MOST_OF_MEMORY): { close(): void } {
  let openedMs = Number.NaN;
  const relief = createMemoryRelief(0, mostBytes);

  async function measure(): Promise<void> {
    const upMs = page.upMs();
    const bytes = await heldBytes(page);
    if (upMs === null || bytes === null) return;
    const nowMs = performance.now();
    // Another life has another measure.
    if (!(Math.abs(nowMs - upMs - openedMs) < EVERY_MS)) {
      openedMs = nowMs - upMs;
      relief.opened(openedMs);
    }
    // Where that does not help, it is at least done ever more rarely: what the page holds while it is open is the machine's loss.
    if (!relief.isLarge(bytes, nowMs) || relief.decide(bytes, nowMs) === null) return;
    relief.renewed(nowMs);
    page.reopen('its memory grew');
  }

  const timer = setInterval(() => void measure(), EVERY_MS);
  return { close: () => clearInterval(timer) };
}
