/** An answer that has not come by then was lost, as Electron loses those of a page that is loaded anew meanwhile. */
export const LOST_MS = 30_000;

/** @returns as `asked`; rejects when that takes too long: whoever waits for a page for ever watches over nothing any more */
export async function inTime<T>(asked: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${LOST_MS} ms`)), LOST_MS);
  });
  try {
    return await Promise.race([asked, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** @returns what a page holds, bytes; `null` where nobody tells, or it went while it was asked: the next one is asked in its turn */
export async function heldBytes(page: { memoryBytes(): Promise<number | null> }): Promise<number | null> {
  try {
    return await inTime(page.memoryBytes());
  } catch {
    return null;
  }
}
