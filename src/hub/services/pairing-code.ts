import { randomBytes } from 'node:crypto';
import type { PairingCode } from '../../contract/index.ts';
import { insertPairingCode } from '../repositories/pairing-codes.ts';
import type { HubDatabase } from '../repositories/schema.ts';
import { sha256Hex } from './digest.ts';

/** 32 characters that nobody takes for another: five random bits each, without bias. */
const ALPHABET = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
const LENGTH = 8;
const VALID_MS = 60 * 60_000;

/** Makes a code with which one screen may enrol within the hour: 40 random bits, read out as `7KQ2-M9XF`. */
export async function createPairingCode(db: HubDatabase, nowMs: number): Promise<PairingCode> {
  const characters = Array.from(randomBytes(LENGTH), (byte) => ALPHABET.charAt(byte & 31)).join('');
  const expiresMs = nowMs + VALID_MS;
  await insertPairingCode(db, { codeSha256: pairingCodeSha256(characters), expiresMs }, nowMs);
  return { code: `${characters.slice(0, 4)}-${characters.slice(4)}`, expiresMs };
}

/** People type the code with or without the dash, in any case. */
export function pairingCodeSha256(code: string): string {
  return sha256Hex(code.toUpperCase().replaceAll(/[^0-9A-Z]/g, ''));
}
