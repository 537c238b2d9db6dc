import type { BrowserContext } from 'playwright-core';

/** A browser that is well ends in a fraction of this; one that hangs never does. */
const LIMIT_MS = 1_000;

/** The browser's own process, which all others of it end with; `null` when it does not tell. */
export async function browserProcess(context: BrowserContext): Promise<number | null> {
  const session = await context.browser()?.newBrowserCDPSession();
  if (session === undefined) return null;
  try {
    const { processInfo } = await session.send('SystemInfo.getProcessInfo');
    return processInfo.find(({ type }) => type === 'browser')?.id ?? null;
  } finally {
    await session.detach();
  }
}

/**
 * Asks the browser to end, and ends it if it does not answer: nothing that comes after may wait for a hung one. One that did not
 * even tell its process is left to itself.
 */
export async function endBrowser(context: BrowserContext, pid: number | null): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(() => (pid === null ? resolve() : kill(pid)), LIMIT_MS);
  });
  try {
    await Promise.race([context.close(), late]);
  } finally {
    clearTimeout(timer);
  }
}

/** With all its children, which on Unix are a group of processes of their own. */
function kill(pid: number): void {
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL');
  } catch (error) {
    // It has ended in this moment.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
