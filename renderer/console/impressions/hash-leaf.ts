/**
 * SHA-256(0x00 ‖ UTF-8 of the leaf), hex (RFC 6962 section 2.1).
 *
 * @returns `null` where the browser has no Web Crypto: on a page that came over plain HTTP from another machine.
 */
export async function hashLeaf(leaf: string): Promise<string | null> {
  if (!window.isSecureContext) return null;
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(`\0${leaf}`));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
