import type { Page } from 'playwright-core';
import { LitfassError } from '../../contract/index.ts';

/** Longer side of a picture for the hub: to see what is shown, not to read it. */
const PICTURE_PX = 640;
const PICTURE_MS = 3_000;

/**
 * A frame as it was put out for the panel, made smaller: JPEG in base64. A screenshot would lay the page out anew for its size,
 * before the shoppers' eyes.
 *
 * @throws LitfassError `picture-failed`
 */
export async function pictureOf(page: Page): Promise<string> {
  const session = await page.context().newCDPSession(page);
  let late: NodeJS.Timeout | undefined;
  try {
    const frame = new Promise<string>((resolve, reject) => {
      session.once('Page.screencastFrame', ({ data }) => resolve(data));
      late = setTimeout(() => reject(new LitfassError('picture-failed', `The page put out no frame within ${PICTURE_MS} ms: nothing can be seen of it now.`)), PICTURE_MS);
    });
    const [data] = await Promise.all([frame, session.send('Page.startScreencast', { format: 'jpeg', quality: 55, maxWidth: PICTURE_PX, maxHeight: PICTURE_PX })]);
    return data;
  } finally {
    clearTimeout(late);
    await session.detach();
  }
}
