import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LitfassError, type Clock, type PictureSchedule, type StagePicture } from '../contract/index.ts';
import type { StageHands } from './command-hands.ts';

/** Soon after it was switched on: whoever did it wants to see that it works. A player that starts again and again sends no more than the hub takes. */
const FIRST_MS = 30_000;
/** What is kept on the screen, for whoever comes to it: a day of pictures at one an hour, in four megabytes at the most. */
const MOST_KEPT = 24;
const MOST_BYTES = 4_000_000;
const PICTURE_FILE = /^\d{1,15}\.jpg$/;

export interface ScheduledPicturesParts {
  readonly dataDir: string;
  readonly clock: Clock;
  /** The shell's hands on the stage page: there are none on any other page. */
  readonly stage: () => Pick<StageHands, 'picture'> | null;
  /** To the hub, and nowhere else. */
  readonly send: (picture: StagePicture) => Promise<void>;
  /** Why there is no picture; `null`: there is one again. */
  readonly onTrouble: (problem: LitfassError | null) => void;
}

export interface ScheduledPictures {
  /** What the programme says; without it no picture is taken, and none is kept. */
  follow(schedule: PictureSchedule | undefined): void;
  close(): void;
}

/** Takes a small picture of the stage as often as the programme says, keeps the newest few, and sends each to the hub once. */
export function startScheduledPictures({ dataDir, clock, stage, send, onTrouble }: ScheduledPicturesParts): ScheduledPictures {
  const folder = join(dataDir, 'pictures');
  let everyMs: number | undefined;
  let timer: NodeJS.Timeout | undefined;

  async function take(): Promise<void> {
    const hands = stage();
    // Between two lives of the page; the next one is in time.
    if (hands === null) return;
    try {
      const { wallMs, quality } = clock();
      const picture = await hands.picture();
      // It was called off meanwhile.
      if (everyMs === undefined) return;
      keep(folder, wallMs, Buffer.from(picture, 'base64'));
      await send({ takenMs: wallMs, clock: quality, picture });
      onTrouble(null);
    } catch (error) {
      // Not sent again: the next one is newer. That the hub is away is the uplink's to say.
      if (error instanceof LitfassError && error.code === 'hub-offline') return;
      onTrouble(error instanceof LitfassError ? error : new LitfassError('picture-failed', `No picture of the stage could be taken: ${error instanceof Error ? error.message : String(error)}. It is tried again.`, { cause: error }));
    }
  }

  function takeIn(ms: number): void {
    timer = setTimeout(() => {
      if (everyMs !== undefined) takeIn(everyMs);
      void take();
    }, ms);
  }

  return {
    follow(schedule) {
      if (schedule?.everyMs === everyMs && schedule !== undefined) return;
      clearTimeout(timer);
      everyMs = schedule?.everyMs;
      if (everyMs === undefined) removeAll(folder, onTrouble);
      else takeIn(Math.min(FIRST_MS, everyMs));
    },
    close() {
      clearTimeout(timer);
      everyMs = undefined;
    },
  };
}

/** A disk that is read-only must not keep the programme from the screen. */
function removeAll(folder: string, onTrouble: ScheduledPicturesParts['onTrouble']): void {
  try {
    rmSync(folder, { recursive: true, force: true });
  } catch (error) {
    onTrouble(new LitfassError('picture-not-removed', `The pictures of the stage in ${folder} cannot be removed: ${error instanceof Error ? error.message : String(error)}. See to the disk.`, { cause: error }));
  }
}

/** @throws LitfassError `picture-not-kept` */
function keep(folder: string, takenMs: number, jpeg: Buffer): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeFileSync(join(folder, `${takenMs}.jpg`), jpeg, { mode: 0o600 });
    prune(folder, takenMs);
  } catch (error) {
    throw new LitfassError('picture-not-kept', `A picture of the stage cannot be written to ${folder}: ${error instanceof Error ? error.message : String(error)}. See to the disk.`, { cause: error });
  }
}

/** The newest first, by when they were written: a clock that was set back must not make today's the oldest. */
function prune(folder: string, justTakenMs: number): void {
  const pictures = readdirSync(folder)
    .filter((name) => PICTURE_FILE.test(name))
    .map((name) => ({ name, ...statOf(join(folder, name)) }))
    .sort((a, b) => Number(b.name === `${justTakenMs}.jpg`) - Number(a.name === `${justTakenMs}.jpg`) || b.writtenMs - a.writtenMs);
  let bytes = 0;
  for (const [index, picture] of pictures.entries()) {
    bytes += picture.bytes;
    if (index >= MOST_KEPT || (index > 0 && bytes > MOST_BYTES)) rmSync(join(folder, picture.name));
  }
}

function statOf(file: string): { bytes: number; writtenMs: number } {
  const { size, mtimeMs } = statSync(file);
  return { bytes: size, writtenMs: mtimeMs };
}
