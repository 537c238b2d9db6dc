import { rmSync } from 'node:fs';
import type * as Electron from 'electron';
import type { ScreenSettings } from '../../contract/index.ts';
import type { AudienceSource } from '../../player/index.ts';
import { openCrashFolder } from '../crash-dumps.ts';

/**
 * Has crashes written down on this machine alone, and keeps the newest of them. Must run before Electron is ready.
 *
 * A dump holds memory of the process that crashed, and one crash reporter watches all processes of an Electron: the page with
 * the camera, the graphics process that computes on its pictures, the one that reads the device. So a screen that may see people
 * has none, and what is there from a time before its camera goes.
 */
export function reportCrashes({ app, crashReporter }: Pick<typeof Electron, 'app' | 'crashReporter'>, folder: string, seesPeople: boolean, say: (line: string) => void): void {
  if (seesPeople) {
    rmSync(folder, { recursive: true, force: true });
    return;
  }
  const tidy = (): void => {
    const removed = openCrashFolder(folder);
    if (removed > 0) say(`${removed} old crash dumps were removed from ${folder}`);
  };
  tidy();
  app.setPath('crashDumps', folder);
  crashReporter.start({ uploadToServer: false });
  app.on('render-process-gone', tidy);
  app.on('child-process-gone', tidy);
}

/** Whether this process may come to see people. One that is still to be set up may get its camera while it runs. */
export function maySeePeople(source: AudienceSource, isToldHub: boolean, settings: ScreenSettings | null): boolean {
  if (source.kind !== 'none') return source.kind !== 'recorded';
  if (isToldHub) return false;
  return settings === null || settings.camera !== null;
}
