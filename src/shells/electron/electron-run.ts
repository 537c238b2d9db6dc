import type { PlayerExtras, RunRequest } from '../run-player.ts';
import type { SaidOptions } from '../screen-options.ts';
import type { ScreenShare } from '../screens/index.ts';

/** What Electron's main process is told to run. */
export interface ElectronRun extends SaidOptions, Pick<RunRequest, 'seconds' | 'reportFile' | 'mayReboot'> {
  readonly dataDir: string;
  readonly projectDir: string;
  readonly version: string;
  readonly windowed: boolean;
  readonly extras: PlayerExtras;
  /** A screen for each of them, unless `display` names the one that this is. */
  readonly displays?: readonly string[];
  /** Theirs, in the same order. */
  readonly pairingCodes?: readonly string[];
}

/** What one screen of several is told to run. A film or a recording may be watched by all of them, a camera by one. */
export function runOfScreen(run: ElectronRun, { display, dataDir, name, pairingCode, reportFile, mayUseCamera }: ScreenShare): ElectronRun {
  return {
    ...run,
    display,
    dataDir,
    source: run.source.kind === 'camera' && !mayUseCamera ? { kind: 'none' } : run.source,
    reportFile: reportFile ?? null,
    ...(name === undefined ? {} : { name }),
    ...(pairingCode === undefined ? {} : { pairingCode }),
  };
}
