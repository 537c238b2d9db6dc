/** Playwright says so to every browser; it is said again, because the camera page rests on it. */
export const NO_DUMPS = '--disable-breakpad';

interface CrashRequest {
  /** Folder for the dumps. */
  readonly crashes?: string;
  readonly camera?: boolean;
}

/**
 * Whether crashes of this browser are written down. They are if the browser's own crash reporter, `chrome_crashpad_handler`, lies
 * beside its program: with Chromium, Chrome and Edge it does, in the package with the headless one it does not. `litfass doctor`
 * tries it. A camera goes before everything: that browser writes nothing, whatever is asked.
 */
export function keepsDumps<Request extends CrashRequest>(request: Request): request is Request & { readonly crashes: string } {
  return request.crashes !== undefined && request.camera !== true;
}

/** The headless build is told by its arguments. */
export function crashArguments(request: CrashRequest): readonly string[] {
  return keepsDumps(request) ? ['--enable-crash-reporter', `--crash-dumps-dir=${request.crashes}`] : [NO_DUMPS];
}

/**
 * The others are told by their environment: where to, and that nobody is there who could agree to sending a report, which means
 * that it is kept and never sent (`IsRunningUnattended`, chrome/app/chrome_crash_reporter_client.cc).
 */
export function crashEnvironment(request: CrashRequest): NodeJS.ProcessEnv {
  return keepsDumps(request) ? { BREAKPAD_DUMP_LOCATION: request.crashes, CHROME_HEADLESS: '1' } : { BREAKPAD_DUMP_LOCATION: undefined, CHROME_HEADLESS: undefined };
}
