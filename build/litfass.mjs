#!/usr/bin/env node
// The `litfass` command: sets up what is missing, then hands over to the pinned Node.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { pinnedNode, root, setUp } from './set-up.mjs';

try {
  await setUp();
} catch (error) {
  process.stderr.write(`litfass: ${error instanceof Error ? error.message : error}\n`);
  process.exit(1);
}

/** A player whose stage cannot be brought back from inside asks to be started again. It counts; we only obey. */
const START_AGAIN = 75;

let child = start();
// A terminal sends Ctrl-C to both of us; the child decides when to end. A supervisor tells only us: pass it on.
process.on('SIGINT', () => undefined);
for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));

function start() {
  const started = spawn(pinnedNode, [join(root, 'src/cli/main.ts'), ...process.argv.slice(2)], { stdio: 'inherit' });
  started.on('close', (code, signal) => {
    if (code === START_AGAIN) child = start();
    else process.exit(code ?? (signal === null ? 1 : 128));
  });
  return started;
}
