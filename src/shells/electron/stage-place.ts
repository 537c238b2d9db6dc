import type { BrowserWindowConstructorOptions, Display, Rectangle } from 'electron';
import { findDisplay, missingDisplay } from '../choose-display.ts';
import type { ElectronApi } from './electron-api.ts';

/** Where the stage belongs at this moment. */
export interface StagePlace {
  /** `null`: its display is not there. On another one it would be in the way of whoever that belongs to. */
  readonly bounds: Rectangle | null;
  /** All of the display, without frame or cursor, or a window on somebody's desk. */
  readonly whole: boolean;
}

export interface StagePlaceOptions {
  readonly windowed: boolean;
  /** As `findDisplay` reads it; without it the system's first. */
  readonly display?: string;
}

const DESK = { width: 1280, height: 720 };

/** One process shows one stage: a second display gets a second player. */
export function stagePlace({ screen }: Pick<ElectronApi, 'screen'>, { windowed, display }: StagePlaceOptions): StagePlace {
  const found = display === undefined ? screen.getPrimaryDisplay() : findDisplay(screen.getAllDisplays(), display);
  return { bounds: found === null ? null : boundsOn(found, windowed), whole: !windowed };
}

function boundsOn({ bounds }: Display, windowed: boolean): Rectangle {
  return windowed ? { x: bounds.x, y: bounds.y, ...DESK } : bounds;
}

export function windowOn({ bounds, whole }: StagePlace): BrowserWindowConstructorOptions {
  if (bounds === null) return { ...DESK, show: false };
  return { ...bounds, ...(whole ? { kiosk: true, fullscreen: true, frame: false, skipTaskbar: true } : {}) };
}

/**
 * Brings the stage to its display again and again: displays are unplugged, switched off, and come back with another size or
 * in another order. Without its display the stage is hidden, and goes on.
 */
export function followDisplays({ screen }: Pick<ElectronApi, 'screen'>, options: StagePlaceOptions, { place, say }: { readonly place: (place: StagePlace) => void; readonly say: (line: string) => void }): { close(): void } {
  let before = JSON.stringify(stagePlace({ screen }, options));
  if (stagePlace({ screen }, options).bounds === null) say(gone());

  function gone(): string {
    return `${missingDisplay(screen.getAllDisplays(), options.display ?? '1')} Until then the stage is hidden.`;
  }

  const look = (): void => {
    const now = stagePlace({ screen }, options);
    if (JSON.stringify(now) === before) return;
    say(now.bounds === null ? gone() : `the display of the stage is there, ${now.bounds.width}×${now.bounds.height} at ${now.bounds.x},${now.bounds.y}`);
    before = JSON.stringify(now);
    place(now);
  };
  // Each name has a type of its own in Electron, so no loop over them.
  screen.on('display-added', look);
  screen.on('display-removed', look);
  screen.on('display-metrics-changed', look);
  return {
    close() {
      screen.off('display-added', look);
      screen.off('display-removed', look);
      screen.off('display-metrics-changed', look);
    },
  };
}
