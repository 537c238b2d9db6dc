// Stands in for the module `electron` in a real process of Electron's main file: no windows, but everything else is as in use.
// Loaded by NODE_OPTIONS=--import, so that the processes that the main file starts have it, too. It tells which pages it opened.
import { EventEmitter } from 'node:events';
import { registerHooks } from 'node:module';

const own = import.meta.url;

registerHooks({ resolve: (specifier, context, next) => (specifier === 'electron' ? { url: own, shortCircuit: true } : next(specifier, context)) });

Object.assign(process.versions, { electron: '45.0.0' });

const tell = (line: string): void => void process.stdout.write(`${process.env.LITFASS_LABEL ?? ''}${line}\n`);
const locked = { folder: '' };
const decodes = { supported: true, smooth: true, powerEfficient: false };
/** What the page of a small box would find out. */
const SIGHT = { version: 'Chromium 160', webgl: 'Mesa Intel(R) UHD Graphics 600', webgpu: null, codecs: { 'H.264': decodes, VP9: decodes, AV1: { ...decodes, supported: false } }, fonts: { Latin: true } };

export const app = Object.assign(new EventEmitter(), {
  isPackaged: false,
  commandLine: { appendSwitch: () => undefined },
  getVersion: () => '1.0.0',
  getPath: () => '/nowhere',
  setPath(name: string, folder: string): void {
    if (name === 'userData') locked.folder = folder;
  },
  requestSingleInstanceLock: () => (tell(`locks ${locked.folder}`), true),
  // A program with windows goes on until it says that it ends.
  whenReady: () => (setInterval(() => undefined, 60_000), Promise.resolve()),
  exit: (code: number) => process.exit(code),
  getGPUFeatureStatus: () => ({ gpu_compositing: 'enabled', video_decode: 'disabled_software', webgl: 'enabled' }),
  getGPUInfo: () => Promise.resolve({ gpuDevice: [{ active: true, vendorId: 0x8086, deviceId: 0x3185, driver: 'i915' }], auxAttributes: {} }),
});

export class BrowserWindow extends EventEmitter {
  readonly webContents = Object.assign(new EventEmitter(), { setWindowOpenHandler: () => undefined, executeJavaScript: () => Promise.resolve(SIGHT) });

  readonly #x: number | undefined;

  constructor({ x }: { x?: number }) {
    super();
    this.#x = x;
  }

  loadURL(url: string): Promise<void> {
    tell(`opens ${url} at ${String(this.#x)}`);
    return Promise.resolve();
  }

  isDestroyed(): boolean {
    return false;
  }

  destroy(): void {
    tell('closes its window');
  }
}

const displays = [0, 1920].map((x, index) => ({ id: index, label: ['Shelf', 'Counter'][index] ?? '', bounds: { x, y: 0, width: 1920, height: 1080 } }));
export const screen = Object.assign(new EventEmitter(), { getAllDisplays: () => displays, getPrimaryDisplay: () => displays[0] });
export const protocol = { registerSchemesAsPrivileged: () => undefined, handle: () => undefined, unhandle: () => undefined };
export const session = { defaultSession: { setPermissionRequestHandler: () => undefined } };
export const Menu = { setApplicationMenu: () => undefined };
export const crashReporter = { start: () => undefined };
export const powerSaveBlocker = { start: () => 1, stop: () => undefined };
