import { type Bytes, equalBytes, fromBase64, utf8 } from './bytes.ts';

// RFC 8032 section 7.1, test 2, and the SHA-256 of "abc" (FIPS 180-2 appendix B.1).
const PUBLIC_KEY = known('PUAXw+hDiVqStwqnTRt+vJyYLM8uxJaMwM1V8Sr0Zgw=');
const MESSAGE = Uint8Array.of(0x72);
const SIGNATURE = known('kqAJqfDUyrhyDoILX2QlQKKye1QWUD+Ps3YiI+vbadoIWsHkPhWZbkWPNhPQ8R2MOHsurrQwKu6wDSkWErsMAA==');
const ABC_SHA256 = known('ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=');

/** What of the browser verification stands on; the browser itself is one. */
export interface BrowserCrypto {
  readonly isSecureContext: boolean;
  readonly crypto?: { readonly subtle?: SubtleCrypto };
}

/**
 * Whether this browser can verify, tried on public vectors: a hash, a good signature, and one with a bit changed, which it must
 * refuse. A browser that says yes to everything would be worse than one that cannot.
 *
 * @returns `null`, or why it cannot and what to do, for people.
 */
export async function browserSupport(browser: BrowserCrypto = globalThis): Promise<string | null> {
  const subtle = browser.crypto?.subtle;
  if (!browser.isSecureContext || subtle === undefined) {
    return 'This page came over plain HTTP from another machine, where browsers offer no cryptography. Open the hub over https, or on the hub’s own machine as localhost; or download the proof and check it with “litfass verify”.';
  }
  try {
    const hash = new Uint8Array(await subtle.digest('SHA-256', utf8('abc')));
    const key = await subtle.importKey('raw', PUBLIC_KEY, 'Ed25519', false, ['verify']);
    const forged = SIGNATURE.with(0, (SIGNATURE[0] ?? 0) ^ 1);
    if (equalBytes(hash, ABC_SHA256) && (await subtle.verify('Ed25519', key, SIGNATURE, MESSAGE)) && !(await subtle.verify('Ed25519', key, forged, MESSAGE))) return null;
    return 'This browser’s cryptography gives wrong answers to public test vectors, so nothing it says here could be believed. Use another browser, or download the proof and check it with “litfass verify”.';
  } catch (error) {
    return `This browser cannot check Ed25519 signatures (${error instanceof Error ? error.message : String(error)}). Chrome and Edge from 137, Firefox from 129 and Safari from 17 can; or download the proof and check it with “litfass verify”.`;
  }
}

function known(base64: string): Bytes {
  const bytes = fromBase64(base64);
  if (bytes === null) throw new TypeError(`not canonical base64: ${base64}`);
  return bytes;
}
