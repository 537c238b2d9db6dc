import { PAGE_HEADER, stageCommandSchema, type StageCommand } from '../../src/contract/index.ts';

const SILENCE_MS = 10_000;
const RETRY_MS = 500;

/**
 * Reads the player's commands, one JSON object a line, for ever: a cut line, or one that is silent for ten seconds, is
 * opened again. `onOpen` runs at each opening, before the first command.
 */
export async function followCommands(url: string, onOpen: () => void, onCommand: (command: StageCommand) => void): Promise<never> {
  for (;;) {
    try {
      await readOnce(url, onOpen, onCommand);
    } catch (error) {
      console.warn('stage commands were cut:', error);
    }
    await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
  }
}

async function readOnce(url: string, onOpen: () => void, onCommand: (command: StageCommand) => void): Promise<void> {
  const abort = new AbortController();
  let watchdog = setTimeout(() => abort.abort(new Error('silent for 10 s')), SILENCE_MS);
  try {
    const response = await fetch(url, { signal: abort.signal, cache: 'no-store', headers: { [PAGE_HEADER]: 'stage' } });
    if (!response.ok || response.body === null) throw new Error(`${url} answered ${String(response.status)}`);
    onOpen();
    let rest = '';
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
      clearTimeout(watchdog);
      watchdog = setTimeout(() => abort.abort(new Error('silent for 10 s')), SILENCE_MS);
      const lines = (rest + chunk.value).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) onCommand(stageCommandSchema.parse(JSON.parse(line)));
    }
  } finally {
    clearTimeout(watchdog);
  }
}
