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
}
