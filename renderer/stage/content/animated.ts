/** How much of a file is looked at: what says that it moves stands before its first picture. */
const HEAD_BYTES = 65_536;

/** Whether a picture moves, by its first bytes. @throws TypeError when the player cannot be reached */
export async function isAnimated(url: string, mediaType: string): Promise<boolean> {
  if (!MOVING.has(mediaType)) return false;
  const answer = await fetch(url, { headers: { range: `bytes=0-${HEAD_BYTES - 1}` } });
  return MOVING.get(mediaType)?.(new TextDecoder('latin1').decode(await answer.arrayBuffer())) ?? false;
}

const MOVING: ReadonlyMap<string, (head: string) => boolean> = new Map<string, (head: string) => boolean>([
  ['image/gif', () => true],
  // The chunk `acTL` stands before the first `IDAT` (PNG, third edition, section 11.3.3.1).
  ['image/png', (head) => /^[^]*?(acTL|IDAT)/.exec(head)?.[1] === 'acTL'],
  // RFC 9649, section 2.7: the animation flag of an extended header.
  ['image/webp', (head) => head.slice(12, 16) === 'VP8X' && (head.charCodeAt(20) & 2) !== 0],
  // AVIF 1.1, section 6.2: an image sequence has the brand `avis`.
  ['image/avif', (head) => head.slice(8, 64).includes('avis')],
]);
