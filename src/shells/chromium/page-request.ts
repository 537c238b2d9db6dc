import type { BrowserProgram } from './bundled-browser.ts';

export type PageWindow = 'kiosk' | 'window' | 'headless';

export interface PageRequest {
  readonly browser: BrowserProgram;
  readonly url: string;
  /** `kiosk` fills the display, `window` is one among others on somebody's desk, `headless` is unseen. */
  readonly window: PageWindow;
  /** Which display, as `chooseDisplay` reads it. */
  readonly display?: string;
  /** Open it where nobody sees it, to be revealed later; it presents frames there all the same. */
  readonly unseen?: boolean;
  /** Picture of the page that it is to replace, JPEG in base64, for where a new window is seen at once whatever is asked. */
  readonly cover?: string | undefined;
  /** Nobody points at this page: no cursor stands on it, nor on the frames in it. */
  readonly withoutPointer?: boolean;
  /** Keep the display on while this page is seen. */
  readonly awake?: boolean;
  /** Let this page use the camera. */
  readonly camera?: boolean;
  /** Keep dumps of its crashes there, on this machine alone. Never of a page with a camera: a dump holds what was in memory. */
  readonly crashes?: string;
  readonly extraArgs?: readonly string[];
  /** The browser died, the page crashed, or it wrote an error to its console. */
  readonly onProblem: (what: 'browser-gone' | 'page-crashed' | 'page-error', message: string) => void;
}
