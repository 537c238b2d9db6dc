import { EventEmitter } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Player } from '../../src/player/index.ts';
import { offerDisplays } from '../../src/shells/choose-display.ts';
import type { ElectronApi } from '../../src/shells/electron/electron-api.ts';
import { openElectronShell, registerScheme } from '../../src/shells/electron/electron-shell.ts';
import { showSetUpInElectron } from '../../src/shells/electron/show-set-up.ts';

class WindowDouble extends EventEmitter {
  static opened: WindowDouble[] = [];
  readonly options: { x?: number; width?: number; webPreferences: Record<string, unknown>; show?: boolean; kiosk?: boolean };
  url = '';
  reloads = 0;
  destroyed = false;
  kiosk = false;
  hidden = false;
  bounds: unknown = null;
  openHandler: (() => { action: string }) | null = null;
  readonly webContents = Object.assign(new EventEmitter(), {
    setWindowOpenHandler: (handler: () => { action: string }) => void (this.openHandler = handler),
    reloadIgnoringCache: () => void (this.reloads += 1),
    forcefullyCrashRenderer: () => void this.webContents.emit('render-process-gone', {}, { reason: 'killed' }),
    getURL: () => this.url,
    mainFrame: { framesInSubtree: [{ osProcessId: 7 }, { osProcessId: 8 }] },
    scripts: [] as string[],
    executeJavaScript: (script: string) => (this.webContents.scripts.push(script), Promise.resolve('picture')),
  });

  constructor(options: WindowDouble['options']) {
    super();
    this.options = options;
    this.kiosk = options.kiosk === true;
    this.hidden = options.show === false;
    WindowDouble.opened.push(this);
  }

  loadURL(url: string): Promise<void> {
    this.url = url;
    return Promise.resolve();
  }

  setKiosk(kiosk: boolean): void {
    this.kiosk = kiosk;
  }

  setFullScreen(): void {
    // Part of being a kiosk.
  }

  setBounds(bounds: unknown): void {
    this.bounds = bounds;
  }

  show(): void {
    this.hidden = false;
  }

  showInactive(): void {
    this.hidden = false;
  }

  hide(): void {
    this.hidden = true;
  }

  isDestroyed(): boolean {
    return this.destroyed;
  }

  destroy(): void {
    this.destroyed = true;
  }
}

const LEFT = { id: 900, label: 'Shelf', bounds: { x: 0, y: 0, width: 1920, height: 1080 } };
const RIGHT = { id: 4, label: 'Counter', bounds: { x: 1920, y: 0, width: 1080, height: 1920 } };
const rssKb = { now: 100_000 };

/** Electron as far as the shell uses it; the real one runs only inside its own program. */
function electronDouble() {
  WindowDouble.opened = [];
  const displays = [RIGHT, LEFT];
  const screen = Object.assign(new EventEmitter(), { getAllDisplays: () => displays, getPrimaryDisplay: () => LEFT });
  const handlers = new Map<string, (request: Request) => unknown>();
  let permission: ((contents: unknown, name: string, answer: (granted: boolean) => void) => void) | null = null;
  const electron = {
    app: Object.assign(new EventEmitter(), { getAppMetrics: () => [{ pid: 7, type: 'Tab', memory: { workingSetSize: rssKb.now } }] }),
    screen,
    BrowserWindow: WindowDouble,
    webFrameMain: { fromId: (_process: number, routing: number) => (routing === 5 ? { parent: { url: 'litfass://player/content/web/abc/frame?play=1' } } : { parent: { url: 'litfass://player/stage/' } }) },
    powerSaveBlocker: { start: vi.fn(() => 3), stop: vi.fn() },
    protocol: { registerSchemesAsPrivileged: vi.fn(), handle: (scheme: string, handler: (request: Request) => unknown) => handlers.set(scheme, handler), unhandle: (scheme: string) => handlers.delete(scheme) },
    session: { defaultSession: { setPermissionRequestHandler: (handler: typeof permission) => void (permission = handler), setPermissionCheckHandler: vi.fn(), setDevicePermissionHandler: vi.fn(), on: vi.fn() } },
  };
  const mayUse = (window: WindowDouble, name: string): boolean => {
    let granted = false;
    permission?.(window.webContents, name, (answer) => (granted = answer));
    return granted;
  };
  return { electron: electron as unknown as ElectronApi, displays, screen, handlers, mayUse, powerSaveBlocker: electron.powerSaveBlocker, protocol: electron.protocol };
}

/** A life is a word that nobody can guess. */
const PAGE = (name: string): RegExp => new RegExp(`^litfass://player/${name}/\\?life=[\\w-]{16}$`);
const lifeOf = ({ url }: WindowDouble): string | null => new URL(url).searchParams.get('life');

function playerDouble() {
  let silent = (): void => undefined;
  let sensing: (wanted: boolean) => void = () => undefined;
  const faults: string[] = [];
  const announced: string[] = [];
  const understudy = { life: '', isUp: false, isInStep: false, took: 0, takeOver: () => void (understudy.took += 1), dismiss: () => undefined };
  const player = {
    fetch: (request: Request, { role }: { role: string }) => new Response(`${role} ${new URL(request.url).pathname}`),
    onStageSilent: (listener: () => void) => void (silent = listener),
    stagePulse: () => ({ silentMs: 0, frozenMs: 0, begun: true, lateMs: 0, expected: true, playId: 'p' }),
    stageLost: () => undefined,
    onVisionSilent: () => undefined,
    lend: () => undefined,
    fault: (code: string, message: string) => void faults.push(`${code}: ${message}`),
    announceStage: (life: string) => void announced.push(life),
    callUnderstudy: (life: string) => Object.assign(understudy, { life }),
    onSensing: (listener: (wanted: boolean) => void) => void (sensing = listener),
  };
  return { player: player as unknown as Player, faults, announced, understudy, fallSilent: () => silent(), sense: (wanted: boolean) => sensing(wanted) };
}

function open(display?: string) {
  const rig = { ...electronDouble(), ...playerDouble() };
  const said: string[] = [];
  const shell = openElectronShell(rig.electron, { player: rig.player, windowed: false, ...(display === undefined ? {} : { display }), say: (line) => said.push(line) });
  const [stage] = WindowDouble.opened;
  return { ...rig, shell, stage: stage!, said };
}

describe('the Electron shell', () => {
  it('answers its own scheme with the player, as the screen', async () => {
    const { handlers } = open();
    const answer = handlers.get('litfass')?.(new Request('litfass://player/stage/'));
    expect(await (answer as Response).text()).toBe('screen /stage/');
  });

  it('registers the scheme as a secure origin with streamed fetch', () => {
    const { electron, protocol } = electronDouble();
    registerScheme(electron);
    expect(protocol.registerSchemesAsPrivileged).toHaveBeenCalledWith([expect.objectContaining({ scheme: 'litfass', privileges: expect.objectContaining({ standard: true, secure: true, supportFetchAPI: true, stream: true }) as unknown })]);
  });

  it('opens the stage as a kiosk, sandboxed, isolated and without Node, and keeps the display awake', () => {
    const { stage, powerSaveBlocker } = open();
    expect(stage.url).toMatch(PAGE('stage'));
    expect(stage.options).toMatchObject({ kiosk: true, webPreferences: { sandbox: true, contextIsolation: true, nodeIntegration: false, backgroundThrottling: false } });
    expect(powerSaveBlocker.start).toHaveBeenCalledWith('prevent-display-sleep');
  });

  it('lets nothing navigate or open windows', () => {
    const { stage } = open();
    const navigation = { preventDefault: vi.fn() };
    stage.webContents.emit('will-navigate', navigation);
    expect(navigation.preventDefault).toHaveBeenCalled();
    expect(stage.openHandler?.()).toEqual({ action: 'deny' });
  });

  it('opens the vision page unseen while sensing is permitted, and gives the camera to it alone', () => {
    const { sense, stage, mayUse } = open();
    sense(true);
    const vision = WindowDouble.opened[1]!;
    expect(vision).toMatchObject({ url: expect.stringMatching(PAGE('vision')) as string, options: { show: false } });
    expect(mayUse(vision, 'media')).toBe(true);
    expect(mayUse(vision, 'geolocation')).toBe(false);
    expect(mayUse(stage, 'media')).toBe(false);
    sense(false);
    expect(vision.destroyed).toBe(true);
  });

  it('refuses keys that lead out, frames that go elsewhere, and being closed', () => {
    const { stage } = open();
    const event = { preventDefault: vi.fn() };
    stage.webContents.emit('before-input-event', event, { control: true, key: 'w' });
    stage.webContents.emit('before-input-event', event, { key: 'F11' });
    stage.webContents.emit('will-frame-navigate', { ...event, isMainFrame: false, url: 'https://evil.example/' });
    stage.webContents.emit('will-attach-webview', event);
    stage.emit('close', event);
    expect(event.preventDefault).toHaveBeenCalledTimes(5);
    stage.webContents.emit('before-input-event', event, { key: 'a' });
    stage.webContents.emit('will-frame-navigate', { ...event, isMainFrame: false, url: 'litfass://player/media/ab' });
    expect(event.preventDefault).toHaveBeenCalledTimes(5);
  });

  it('lets the frame around a web page go where its policy allows, and the frames in it', () => {
    const { stage } = open();
    const event = { preventDefault: vi.fn(), isMainFrame: false, url: 'https://menu.example/' };
    const top = { url: 'litfass://player/stage/', parent: null };
    const around = { url: 'litfass://player/content/web/ab/frame', parent: top };
    stage.webContents.emit('will-frame-navigate', { ...event, frame: { url: '', parent: around } });
    stage.webContents.emit('will-frame-navigate', { ...event, frame: { url: '', parent: { url: 'https://menu.example/', parent: around } } });
    expect(event.preventDefault).not.toHaveBeenCalled();
    stage.webContents.emit('will-frame-navigate', { ...event, frame: { url: '', parent: top } });
    stage.webContents.emit('will-frame-navigate', { ...event, frame: { url: '', parent: { url: 'litfass://player/packages/key/ab/index.html', parent: top } } });
    expect(event.preventDefault).toHaveBeenCalledTimes(2);
  });

  it('lets no web page in a frame come by a page of the player, nor any frame by more than content', () => {
    const { stage } = open();
    const top = { url: 'litfass://player/stage/?life=1', parent: null };
    const around = { url: 'litfass://player/content/web/ab/frame', parent: top };
    const inMenu = { url: 'about:blank', parent: { url: 'https://menu.example/', parent: around } };
    const refuses = (event: 'will-frame-navigate' | 'will-redirect', frame: unknown, url: string): boolean => {
      const preventDefault = vi.fn();
      stage.webContents.emit(event, { preventDefault, isMainFrame: false, frame, url });
      return preventDefault.mock.calls.length > 0;
    };
    for (const event of ['will-frame-navigate', 'will-redirect'] as const) {
      for (const path of ['stage/', 'stage/?life=1', 'vision/', 'content/html/ab', 'media/ab', '']) expect(refuses(event, inMenu, `litfass://player/${path}`), path).toBe(true);
      for (const path of ['stage/', 'vision/', 'calibration/', 'set-up/']) expect(refuses(event, { url: '', parent: top }, `litfass://player/${path}`), path).toBe(true);
      for (const path of ['content/web/ab/frame?play=1', 'content/html/ab', 'packages/key/ab/index.html', 'media/ab']) expect(refuses(event, { url: '', parent: top }, `litfass://player/${path}`), path).toBe(false);
      expect(refuses(event, inMenu, 'https://other.example/')).toBe(false);
    }
  });

  it('puts the stage on the display that people name, by place or by name', () => {
    expect(open('2').stage.options).toMatchObject({ x: 1920, width: 1080, kiosk: true });
    expect(open('shelf').stage.options).toMatchObject({ x: 0, width: 1920 });
    expect(open().stage.options).toMatchObject({ x: 0, width: 1920 });
  });

  it('waits unseen for a display that is not there yet, rather than stand on another one', () => {
    const { stage, displays, screen, faults } = open('Window');
    expect(stage.hidden).toBe(true);
    expect(faults[0]).toContain('There are: 1 "Shelf" 1920×1080, 2 "Counter" 1080×1920');
    const bounds = { x: 3000, y: 0, width: 800, height: 600 };
    displays.push({ id: 5, label: 'Window', bounds });
    screen.emit('display-added');
    expect(stage).toMatchObject({ hidden: false, kiosk: true, bounds });
  });

  it('hides the stage when its display is unplugged, and fills it again when it is back with another size', () => {
    const { stage, displays, screen, faults } = open('counter');
    displays.splice(displays.indexOf(RIGHT), 1);
    screen.emit('display-removed');
    expect(stage).toMatchObject({ hidden: true, kiosk: false });
    screen.emit('display-metrics-changed');
    expect(faults).toHaveLength(1);
    displays.push({ ...RIGHT, bounds: { ...RIGHT.bounds, width: 2160, height: 3840 } });
    screen.emit('display-added');
    expect(stage).toMatchObject({ hidden: false, kiosk: true, bounds: { x: 1920, width: 2160 } });
    expect(faults[1]).toContain('2160×3840');
  });

  it('opens a window that was lost meanwhile where the display is now', () => {
    vi.useFakeTimers();
    const { stage, displays, screen } = open('counter');
    displays[displays.indexOf(RIGHT)] = { ...RIGHT, bounds: { ...RIGHT.bounds, x: 0 } };
    screen.emit('display-metrics-changed');
    stage.destroyed = true;
    stage.emit('closed');
    vi.advanceTimersByTime(10);
    expect(WindowDouble.opened[1]!.options).toMatchObject({ x: 0, width: 1080 });
    vi.useRealTimers();
  });

  it('replaces a stage that grows by one that was prepared unseen', async () => {
    vi.useFakeTimers();
    rssKb.now = 100_000_000;
    const { stage, understudy, announced } = open('2');
    await vi.advanceTimersByTimeAsync(21_000);
    rssKb.now = 100_000;
    const next = WindowDouble.opened[1]!;
    expect(next).toMatchObject({ hidden: true, kiosk: false, url: `litfass://player/stage/?life=${understudy.life}`, options: { x: 1920, width: 1080 } });
    expect([announced, stage.destroyed]).toEqual([[lifeOf(stage)], false]);
    expect(understudy.life).not.toBe(lifeOf(stage));
    understudy.isUp = true;
    understudy.isInStep = true;
    await vi.advanceTimersByTimeAsync(100);
    expect(next).toMatchObject({ hidden: false, kiosk: true, destroyed: false });
    expect([understudy.took, stage.destroyed]).toEqual([1, true]);
    vi.useRealTimers();
  });

  it('loads the stage anew when it falls silent, and opens it anew when it hangs', () => {
    vi.useFakeTimers();
    const { stage, fallSilent, said } = open();
    // The first start has twenty seconds.
    vi.advanceTimersByTime(21_000);
    fallSilent();
    expect(stage.reloads).toBe(1);
    stage.emit('unresponsive');
    vi.advanceTimersByTime(10);
    expect(stage.reloads).toBe(2);
    expect(said).toEqual([expect.stringContaining('says nothing'), expect.stringContaining('killed')]);
    vi.useRealTimers();
  });

  it('opens a stage that somebody closed again', () => {
    vi.useFakeTimers();
    const { stage, announced } = open();
    stage.destroyed = true;
    stage.emit('closed');
    vi.advanceTimersByTime(10);
    expect(WindowDouble.opened).toHaveLength(2);
    const [, second] = WindowDouble.opened as [WindowDouble, WindowDouble];
    expect(announced).toEqual([lifeOf(stage), lifeOf(second)]);
    expect(lifeOf(second)).not.toBe(lifeOf(stage));
    vi.useRealTimers();
  });

  it('closes all windows', async () => {
    const { shell, sense } = open();
    sense(true);
    await shell.close();
    expect(WindowDouble.opened.every(({ destroyed }) => destroyed)).toBe(true);
  });
});

describe('the set-up page in Electron', () => {
  const begin = (display?: string) => {
    const rig = electronDouble();
    const stop = new AbortController();
    const dataDir = mkdtempSync(join(tmpdir(), 'litfass-set-up-'));
    onTestFinished(() => rmSync(dataDir, { recursive: true }));
    const outcome = showSetUpInElectron(rig.electron, { dataDir, projectDir: '/nowhere/', windowed: false, say: () => undefined, stop: stop.signal, ...(display === undefined ? {} : { display }) });
    const ask = async (path: string, init?: RequestInit) => (await rig.handlers.get('litfass')?.(new Request(`litfass://player/set-up/${path}`, init))) as Response;
    return { ...rig, stop, outcome, ask, page: WindowDouble.opened[0]! };
  };

  it('stands on the display of its screen, sandboxed', async () => {
    const { page, stop, outcome } = begin('counter');
    expect(page).toMatchObject({ url: expect.stringMatching(PAGE('set-up')) as string, options: { x: 1920, width: 1080, kiosk: true, webPreferences: { sandbox: true, nodeIntegration: false } } });
    stop.abort();
    expect([await outcome, page.destroyed]).toEqual([null, true]);
  });

  it('offers the displays under their names, and gives way when each is to have a screen', async () => {
    const { ask, outcome, page, handlers } = begin();
    expect(((await (await ask('state')).json()) as { displays: unknown }).displays).toEqual([{ display: 'Shelf', label: '1: Shelf 1920×1080' }, { display: 'Counter', label: '2: Counter 1080×1920' }]);
    await ask('displays', { method: 'POST' });
    expect(await outcome).toEqual({ kind: 'displays', displays: ['Shelf', 'Counter'] });
    expect([page.destroyed, handlers.size]).toEqual([true, 0]);
  });

  it('offers two of the same make by their numbers', () => {
    expect(offerDisplays([{ ...RIGHT, label: 'LG' }, { ...LEFT, label: 'LG' }]).map(({ display }) => display)).toEqual(['1', '2']);
  });
});

it('tells the stage how a web page fares in its frame, and of no other frame', () => {
  open();
  const [{ webContents }] = WindowDouble.opened as [WindowDouble];
  webContents.emit('did-frame-navigate', {}, 'https://a.example/', 200, 'OK', false, 3, 4);
  webContents.emit('did-fail-provisional-load', {}, -3, 'ERR_ABORTED', 'https://a.example/', false, 3, 5);
  expect(webContents.scripts).toEqual([]);
  webContents.emit('did-start-navigation', { isSameDocument: false, frame: { parent: { url: 'litfass://player/content/web/abc/frame?play=1' } } });
  webContents.emit('did-frame-navigate', {}, 'https://a.example/', 500, 'Oh', false, 3, 5);
  webContents.emit('did-fail-provisional-load', {}, -27, 'ERR_BLOCKED_BY_RESPONSE', 'https://a.example/', false, 3, 5);
  webContents.emit('did-frame-finish-load', {}, false, 3, 5);
  const said = webContents.scripts.map((script) => /detail: (\{.*?\})/.exec(script)?.[1]).map((json) => JSON.parse(json ?? '{}') as unknown);
  const frame = 'litfass://player/content/web/abc/frame?play=1';
  expect(said).toEqual([{ frame, state: 'asked' }, { frame, state: 'failed', why: 'answered 500' }, { frame, state: 'failed', why: 'ERR_BLOCKED_BY_RESPONSE' }, { frame, state: 'good' }]);
});
