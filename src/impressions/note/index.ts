// Signed notes of C2SP: verifier keys, checkpoints, cosignatures, single proofs, and the request to a witness. Pure.
export { formatAddCheckpoint, parseAddCheckpoint } from './add-checkpoint.ts';
export { formatCheckpoint, originOf, parseCheckpoint, type Checkpoint } from './checkpoint.ts';
export { parseNote, verifyNote, type GoodSignature, type SignedNote } from './note.ts';
export { cosign, logKey, signNote, witnessKey, type Ed25519Signer } from './signer.ts';
export { parseBase64, parseDecimal, parseUtf8 } from './strict-text.ts';
export { formatTlogProof, parseTlogProof, type TlogProof } from './tlog-proof.ts';
export { formatVerifierKey, parseVerifierKey, verifyEd25519, type VerifierKey } from './verifier-key.ts';
