/**
 * How a screen signs a request to the hub. Header `Authorization: Litfass screen="<id>", time="<ms>", body="<sha256 hex>",
 * signature="<base64>"`; the signature is Ed25519 over the text below. The hub refuses a time more than five minutes from
 * its own (401 `clock-skew`); its answer carries the `Litfass-Time` header, from which the screen corrects itself.
 */
export function signedRequestText(request: { method: string; pathAndQuery: string; timeMs: number; bodySha256: string }): string {
  return `litfass-request-v1\n${request.method}\n${request.pathAndQuery}\n${String(request.timeMs)}\n${request.bodySha256}\n`;
}

export const SIGNED_REQUEST_SKEW_MS = 5 * 60_000;

/** Response header with the hub's wall clock in ms. */
export const HUB_TIME_HEADER = 'litfass-time';
