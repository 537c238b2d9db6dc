import { randomBytes } from 'node:crypto';
import { type EnrolRequest, LitfassError } from '../../contract/index.ts';
import { inTransaction } from '../repositories/database.ts';
import { takePairingCode } from '../repositories/pairing-codes.ts';
import type { HubDatabase } from '../repositories/schema.ts';
import { findScreenByKey, insertScreen, rememberEnrolmentCode, type ScreenRow } from '../repositories/screens.ts';
import { searchText } from '../repositories/search-text.ts';
import { publicKeyFromRaw } from './ed25519.ts';
import { pairingCodeSha256 } from './pairing-code.ts';

/**
 * Lets a screen in. A code works once, but asking again with the same code and key gives the same answer: the first one may
 * have been lost on the way. A known key with a fresh code stays the same screen.
 *
 * @throws LitfassError `pairing-code` if the code is unknown, used by another key or expired, `bad-request` for a bad key.
 */
export function enrol(db: HubDatabase, request: EnrolRequest, nowMs: number): Promise<{ screen: ScreenRow; isNew: boolean }> {
  publicKeyFromRaw(request.publicKey);
  const codeSha256 = pairingCodeSha256(request.code);
  return inTransaction(db, async (transaction) => {
    const known = await findScreenByKey(transaction, request.publicKey);
    if (known?.enrolment_code_sha256 === codeSha256) return { screen: known, isNew: false };

    const id = known?.id ?? screenIdFor(request.name);
    if (!(await takePairingCode(transaction, codeSha256, id, nowMs))) {
      throw new LitfassError('pairing-code', 'this pairing code is unknown, already used or expired. Make a new one in the console and enter it within the hour.');
    }
    if (known !== undefined) {
      await rememberEnrolmentCode(transaction, id, codeSha256);
      return { screen: known, isNew: false };
    }
    const screen: ScreenRow = {
      id,
      name: request.name,
      search_text: searchText(request.name),
      public_key: request.publicKey,
      enrolment_code_sha256: codeSha256,
      enrolled_ms: nowMs,
      last_contact_ms: null,
      status: null,
      zone_offset_min: 0,
    };
    await insertScreen(transaction, screen);
    return { screen, isNew: true };
  });
}

/** `Käse & Wurst, Halle 2` becomes `kase-wurst-halle-2-9f3a1c`: readable in a log, and never the same twice. */
function screenIdFor(name: string): string {
  const slug = name
    .replaceAll('ß', 'ss')
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 40)
    .replaceAll(/^-+|-+$/g, '');
  return `${slug === '' ? 'screen' : slug}-${randomBytes(3).toString('hex')}`;
}
