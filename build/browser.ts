import { unpackBundledBrowser } from '../src/shells/index.ts';

/** Unpacks the browser that comes with the packages, so that no start of a screen has to wait for it. */
await unpackBundledBrowser();
