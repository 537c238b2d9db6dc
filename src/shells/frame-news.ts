import { FRAME_NEWS, type FrameNews } from '../contract/index.ts';

/** Whether this is the player's own page around a web page. */
export function holdsWebPage(url: string | undefined): boolean {
  return url !== undefined && URL.canParse(url) && new URL(url).pathname.startsWith('/content/web/');
}

/** Run in the stage page, in either shell. */
export function frameNewsScript(news: FrameNews): string {
  return `dispatchEvent(new CustomEvent(${JSON.stringify(FRAME_NEWS)}, { detail: ${JSON.stringify(news)} }))`;
}
