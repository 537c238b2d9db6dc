/** Resolves when what stands on the page now was painted: after the frame that is still to come, with the one behind it. */
export async function painted(): Promise<void> {
  await nextFrame();
  await nextFrame();
}

/** In the frame callback: what is changed before the next `await` of something else is part of this frame. */
export function nextFrame(): Promise<void> {
  return new Promise((resolve) => requestAnimationFrame(() => resolve()));
}
