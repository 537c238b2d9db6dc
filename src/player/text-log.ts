import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';

const MOST_BYTES = 1_000_000;
/** `player.log` and the four before it: what happened in the last weeks, in five megabytes at the most. */
const OLD_FILES = 4;
const LONGEST_LINE = 2_000;

export interface TextLogOptions {
  readonly dir: string;
  readonly now: () => Date;
  /** For tests. */
  readonly mostBytes?: number;
}

/**
 * What the player says, with the time, in files that never fill a disk. For people who look after the screen; the proof is
 * elsewhere. A disk that refuses changes nothing: what is said is said on the terminal, too.
 */
export function openTextLog({ dir, now, mostBytes = MOST_BYTES }: TextLogOptions): (line: string) => void {
  const file = join(dir, 'player.log');
  let bytes = sizeOf(file);

  function rotate(): void {
    for (let old = OLD_FILES - 1; old >= 1; old -= 1) renameIfThere(`${file}.${old}`, `${file}.${old + 1}`);
    renameIfThere(file, `${file}.1`);
    bytes = 0;
  }

  return (line) => {
    // One line stays one line, whatever stands in it.
    const text = `${now().toISOString()} ${line.replaceAll(/[\r\n]+/g, ' ⏎ ').slice(0, LONGEST_LINE)}\n`;
    try {
      mkdirSync(dir, { recursive: true, mode: 0o700 });
      if (bytes + Buffer.byteLength(text) > mostBytes) rotate();
      appendFileSync(file, text, { mode: 0o600 });
      bytes += Buffer.byteLength(text);
    } catch {
      // The storage watch tells of a full or broken disk; a log that complained of itself would only add to it.
    }
  };
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

function renameIfThere(from: string, to: string): void {
  if (statSync(from, { throwIfNoEntry: false }) !== undefined) renameSync(from, to);
}
