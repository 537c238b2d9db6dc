// Verification of one record in the auditor's own browser: leaf hash, inclusion proof, checkpoint, signatures, with Web Crypto
// alone. It is written a second time on purpose and shares no line with `src/impressions`, only the contract: a mistake in
// one of the two shows as a disagreement instead of as a proof. Pure but for Web Crypto; nothing here asks the hub anything.
export { browserSupport } from './browser-support.ts';
export { toHex } from './bytes.ts';
export type { Checkpoint } from './checkpoint.ts';
export type { PathStep } from './merkle-path.ts';
export { parseVerifierKey, type VerifierKey } from './verifier-key.ts';
export { type Check, type RecordReport, verifyRecord } from './verify-record.ts';
