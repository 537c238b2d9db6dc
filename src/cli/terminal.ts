import { LitfassError } from '../contract/index.ts';

/** Which of several screens of this machine speaks. */
const LABEL = process.env.LITFASS_LABEL ?? '';

/** Prints one line for people. */
export function say(line: string): void {
  process.stdout.write(`${LABEL}${line}\n`);
}

/** Prints a label and its value, aligned. */
export function sayField(label: string, value: string): void {
  say(`  ${label.padEnd(10)} ${value}`);
}

/** Prints why the command ends, in one line without a stack: what is wrong, where, and what to do. */
export function explain(error: unknown): void {
  // A mistake of ours keeps its stack; a mistake of the world needs none.
  const text = error instanceof LitfassError ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`${LABEL}litfass: ${text}\n`);
}

/** Within this time a second signal is the same wish: Ctrl-C reaches us directly and through whoever started us. */
const SAME_WISH_MS = 1_000;

/** Aborts when the process is told to stop; told again later, it ends at once. */
export function stopSignal(): AbortSignal {
  const stop = new AbortController();
  let toldMs = 0;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (stop.signal.aborted && performance.now() - toldMs > SAME_WISH_MS) process.exit(130);
      if (!stop.signal.aborted) toldMs = performance.now();
      stop.abort();
    });
  }
  // One screen of several: whoever keeps it running has ended, or wants it to end where there are no signals.
  process.on('disconnect', () => {
    toldMs = performance.now();
    stop.abort();
  });
  return stop.signal;
}
