import { type Leaf, leafSchema } from '../../contract/index.ts';

/** What is odd about a stored row. It is kept as evidence, and has no effect. */
export type LeafFlag = 'not-json' | 'unknown-shape' | 'other-screen' | 'repeated-play' | 'repeated-cell';

/** Parses the text of a leaf. Evidence is never refused for its shape: what cannot be understood comes back as a flag. */
export function readLeaf(text: string, screenId: string): { leaf: Leaf } | { flag: LeafFlag } {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { flag: 'not-json' };
  }
  const parsed = leafSchema.safeParse(json);
  if (!parsed.success) return { flag: 'unknown-shape' };
  if (parsed.data.screenId !== screenId) return { flag: 'other-screen' };
  return { leaf: parsed.data };
}
