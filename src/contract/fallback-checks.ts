import { DESCRIPTOR_TYPES } from './descriptor.ts';

interface Creative {
  readonly id: string;
  readonly kind: string;
  readonly fallback?: string | undefined;
  readonly notice?: boolean | undefined;
}

/** A fallback has to be there when the network is not; it has none itself, so none can lead in a circle. */
export function refuseWeakFallbacks(creatives: readonly Creative[], refuse: (message: string, ...path: (string | number)[]) => void): void {
  const byId = new Map(creatives.map((creative) => [creative.id, creative]));
  for (const [index, { id, kind, fallback, notice = false }] of creatives.entries()) {
    if (fallback === undefined) continue;
    const why = whyNot(id, kind, notice, fallback, byId.get(fallback));
    if (why !== null) refuse(why, 'creatives', index, 'fallback');
  }
}

function whyNot(id: string, kind: string, notice: boolean, fallback: string, named: Creative | undefined): string | null {
  if (!isFromOutside(kind)) return `"${id}" is of kind ${kind}, whose file is on the screen: only ${OUTSIDE} have a fallback. Take it away`;
  if (notice) return `"${id}" is the notice that people are counted, and nothing may stand in for it: make the notice a creative of its own, with its words in its file`;
  if (named === undefined) return `there is no creative "${fallback}"`;
  if (isFromOutside(named.kind)) return `"${fallback}" is of kind ${named.kind}, which comes from outside as well: name a creative whose file is on the screen, such as an image`;
  return null;
}

const OUTSIDE = Object.keys(DESCRIPTOR_TYPES).join(', ');

function isFromOutside(kind: string): boolean {
  return Object.hasOwn(DESCRIPTOR_TYPES, kind);
}
