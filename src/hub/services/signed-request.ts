import { verify } from 'node:crypto';
import { base64Schema, LitfassError, sha256Schema, SIGNED_REQUEST_SKEW_MS, signedRequestText, slugSchema } from '../../contract/index.ts';
import type { HubDatabase } from '../repositories/schema.ts';
import { findScreen, type ScreenRow } from '../repositories/screens.ts';
import { publicKeyFromRaw } from './ed25519.ts';

/** What a screen claims in its `Authorization` header. */
interface Claim {
  readonly screenId: string;
  readonly timeMs: number;
  readonly bodySha256: string;
  readonly signature: Buffer;
}

const HEADER = /^Litfass screen="([^"]*)", time="(0|[1-9][0-9]{0,14})", body="([^"]*)", signature="([^"]*)"$/;

/**
 * Finds out which screen sent a request. The body is not needed: its hash is under the signature, so nothing is read from
 * strangers. The caller still has to compare the hash of the body with `bodySha256`.
 *
 * The signature comes before the clock: only the screen itself shall learn that its clock is off.
 *
 * @throws LitfassError `unsigned`, `unknown-screen`, `bad-signature`, `clock-skew`
 */
export async function verifySignedRequest(
  db: HubDatabase,
  request: { method: string; pathAndQuery: string; authorization: string | undefined },
  nowMs: number,
): Promise<{ screen: ScreenRow; timeMs: number; bodySha256: string }> {
  const claim = parseClaim(request.authorization);
  const screen = await findScreen(db, claim.screenId);
  if (screen === undefined) throw new LitfassError('unknown-screen', `there is no screen "${claim.screenId}" at this hub. Enrol it with a new pairing code.`);

  const text = signedRequestText({ method: request.method, pathAndQuery: request.pathAndQuery, timeMs: claim.timeMs, bodySha256: claim.bodySha256 });
  if (!verify(null, Buffer.from(text), publicKeyFromRaw(screen.public_key), claim.signature)) {
    throw new LitfassError('bad-signature', `the signature does not fit this request and the key of screen "${claim.screenId}".`);
  }
  const skewMs = claim.timeMs - nowMs;
  if (Math.abs(skewMs) > SIGNED_REQUEST_SKEW_MS) {
    throw new LitfassError('clock-skew', `the clock of screen "${claim.screenId}" is ${String(Math.round(skewMs / 1000))} s from the hub's. Sign with the time of the litfass-time header.`);
  }
  return { screen, timeMs: claim.timeMs, bodySha256: claim.bodySha256 };
}

function parseClaim(authorization: string | undefined): Claim {
  const [, screenId, time, bodySha256, signature] = HEADER.exec(authorization ?? '') ?? [];
  if (!slugSchema.safeParse(screenId).success || !sha256Schema.safeParse(bodySha256).success || !base64Schema.safeParse(signature).success) {
    throw new LitfassError('unsigned', 'this address takes requests signed by an enrolled screen: Authorization: Litfass screen="…", time="…", body="…", signature="…".');
  }
  return { screenId: screenId ?? '', timeMs: Number(time), bodySha256: bodySha256 ?? '', signature: Buffer.from(signature ?? '', 'base64') };
}
