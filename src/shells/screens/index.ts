// All screens of one machine: a display, a folder, a key and a log each, in a process each, which this room keeps running.
export { runScreens } from './run-screens.ts';
export { parseDisplays, shareOut, type ScreenShare } from './share-out.ts';
