import type { Player } from '../../player/index.ts';
import { heldBytes, inTime } from './in-time.ts';
import { createMemoryRelief } from './memory-relief.ts';
import type { StagePage } from './stage-page.ts';

/** Until what was let go of is really free. */
const RELEASE_MS = 1_000;
const MEGABYTE = 1_048_576;

export interface MemoryKeepingParts {
  readonly player: Pick<Player, 'callUnderstudy' | 'fault'>;
  readonly page: Pick<StagePage, 'memoryBytes' | 'releaseCaches' | 'replace'>;
  readonly leave: (why: string) => void;
  /** As in `SupervisionOptions`. */
  readonly sharesProcesses: boolean;
  readonly mostBytes: number;
  /** Or it could not be: whatever is in front now has just begun to be watched. */
  readonly onReplaced: () => void;
}

export interface MemoryKeeping {
  /** Asks what the page holds, and does something about it where that helps. Never rejects. */
  measure(): Promise<void>;
  /** The page is another one, or was loaded anew. */
  opened(): void;
}

/** Carries out what `createMemoryRelief` advises, for the page that shoppers see. */
export function keepMemory({ player, page, leave, sharesProcesses, mostBytes, onReplaced }: MemoryKeepingParts): MemoryKeeping {
  const now = (): number => performance.now();
  const relief = createMemoryRelief(now(), mostBytes);
  let told = false;

  /** What it only keeps in case it is wanted again is no reason for another page. */
  async function heldWithoutCaches(): Promise<number | null> {
    if (page.releaseCaches === undefined) return null;
    await inTime(page.releaseCaches()).catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, RELEASE_MS));
    return heldBytes(page);
  }

  async function replace(): Promise<void> {
    try {
      await page.replace('its memory grew', (life) => player.callUnderstudy(life));
    } catch (error) {
      // The one in front is still there, and no reason to start the whole program again.
      player.fault('stage-replace', `the stage page could not be replaced: ${error instanceof Error ? error.message : String(error)}; it stays, and that is tried again later`);
    }
    onReplaced();
    relief.renewed(now());
  }

  function tell(bytes: number): void {
    if (!told) player.fault('stage-memory', `the programme needs ${megabytes(bytes)} MB for its pages, of ${megabytes(mostBytes)} MB that they may hold on this machine, and a new page needs as much: it is not renewed for that any more. Take large videos and pictures out of the programme, or give the machine more memory.`);
    told = true;
  }

  return {
    async measure() {
      const before = await heldBytes(page);
      if (before === null || !relief.isLarge(before, now())) return;
      const bytes = (await heldWithoutCaches()) ?? before;
      const advice = relief.decide(bytes, now());
      if (advice === 'renew') await replace();
      else if (advice === 'outlived' && sharesProcesses) leave('holds memory that no new page gives back');
      else if (advice !== null) tell(bytes);
    },
    opened: () => relief.opened(now()),
  };
}

function megabytes(bytes: number): number {
  return Math.round(bytes / MEGABYTE);
}
