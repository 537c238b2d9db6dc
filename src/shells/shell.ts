import type { Player } from '../player/index.ts';

/** How the pages come to the screen. `headless`: a Chromium without a display, where the stage still really renders. */
export type ShellKind = 'electron' | 'chromium' | 'headless';

/** A running way to show the player's pages, and to bring them back when they are lost. */
export interface Shell {
  readonly kind: ShellKind;
  /** Where a person can look at what the screen shows; `null` where no port is open. */
  readonly viewUrl: string | null;
  close(): Promise<void>;
}

export interface ShellRequest {
  readonly player: Player;
  /** One line for people. */
  readonly say: (line: string) => void;
  /** Told that the stage cannot be brought back from inside this process. Without it the shell goes on trying. */
  readonly leave?: (why: string) => void;
  /** Told when the stage was well for an hour. */
  readonly wellForLong?: () => void;
}
