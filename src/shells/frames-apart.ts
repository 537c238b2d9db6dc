/**
 * Chromium's switches that give every page in a frame a process of its own, name → value. A creative whose script never ends then
 * holds up itself and nothing else, and its process ends with its frame. Headless builds and weak machines leave both off; and
 * without the grouping, all creatives without an origin share one process, where one that hangs takes the next one along.
 */
export const FRAMES_APART = {
  'site-per-process': '',
  'enable-features': 'IsolateSandboxedIframes:grouping/per-document',
} as const;
