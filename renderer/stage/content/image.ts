import { isAnimated } from './animated.ts';
import { ContentFailure, type Content, type Prepare } from './content.ts';
import { FrameCounter } from './frame-counter.ts';

/** A still or an animation. It is decoded before it is shown, so its first frame costs nothing. */
export function imageContent(prepare: Prepare): Content {
  const element = new Image();
  const counter = new FrameCounter();
  /** An animation runs from the moment it is loaded, and all uses of one address run together: only a new one begins anew. */
  let animation: Blob | null = null;
  let address: string | null = null;
  element.alt = prepare.name;

  function forgetAddress(): void {
    if (address !== null) URL.revokeObjectURL(address);
    address = null;
  }

  async function load(url: string): Promise<void> {
    element.src = url;
    await element.decode().catch((error: unknown) => {
      throw new ContentFailure('decode', `the picture cannot be decoded as ${prepare.mediaType}: ${String(error)}`);
    });
  }

  return {
    element,
    async prepare() {
      await load(prepare.url);
      if (await isAnimated(prepare.url, prepare.mediaType)) animation = await (await fetch(prepare.url)).blob();
    },
    async show() {
      if (animation !== null) {
        forgetAddress();
        address = URL.createObjectURL(animation);
        await load(address);
      }
      await counter.start();
    },
    presentedFrames: () => counter.frames,
    release() {
      counter.stop();
      element.removeAttribute('src');
      forgetAddress();
    },
  };
}
