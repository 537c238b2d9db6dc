import { randomBytes } from 'node:crypto';

/** A word for the address of a page that is opened now. Not a number: another page in the same browser could say the next one. */
export function newLife(): string {
  return randomBytes(12).toString('base64url');
}
