/**
 * The times of the change from one creative to the next, ms. Together they keep a promise: a creative that fails or stalls
 * is off the screen within two seconds.
 */
export const TIMES = {
  /** The next creative is chosen and prepared this long before its slot. */
  lead: 2_500,
  /** Reading and hashing a large file from a slow card, once after each start. */
  checkLimit: 60_000,
  /** A creative that is not decoded by then is skipped. */
  prepareLimit: 2_000,
  /** The same for what has to be laid out, or fetched from elsewhere, before it can be seen; the one in front stays until then. */
  slowPrepareLimit: 10_000,
  /** The stage is told to show it this long before: neither a busy player nor the way to the page costs it its first frame. */
  tellAhead: 150,
  /** A prepared creative whose first frame is not presented by then is skipped. */
  showLimit: 1_500,
  /** Changing one's mind about the next creative needs this much time before its slot. */
  reconsider: 1_000,
  /** Slot time that moved more than this at once was set: no creative in front is cut for it. */
  slotStep: 200,
  /** A stage that says nothing at all for so long is loaded anew. */
  stageSilence: 6_000,
  /** A page that is being loaded, on a slow machine, has this long before it is loaded once more. */
  stageLoading: 30_000,
  /** How often the open play is written down, so that a crash knows how far it came. */
  touchEvery: 5_000,
  /** When there is nothing to show, look again. */
  idle: 1_000,
} as const;

/** The stage reports frames twice a second: three reports without a new frame is a stalled creative. */
export const STALLED_HEARTBEATS = 3;
