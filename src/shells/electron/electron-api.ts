import type * as Electron from 'electron';

/** Electron's own module, handed in: outside Electron it cannot be imported, and tests bring a double. */
export type ElectronApi = Pick<typeof Electron, 'app' | 'BrowserWindow' | 'powerSaveBlocker' | 'protocol' | 'screen' | 'session' | 'webFrameMain'>;
