import { createHash, type KeyObject, sign } from 'node:crypto';
import { type UploadResponse, witnessKeyText } from '../../contract/index.ts';
import { cosign, type Ed25519Signer, formatVerifierKey, type VerifierKey, witnessKey } from '../../impressions/index.ts';
import type { HubKeys } from '../repositories/keys.ts';
import { rawPublicKey } from './ed25519.ts';

/** This hub as a witness: who it is, and its word that it saw a checkpoint. */
export interface Witness {
  readonly key: VerifierKey;
  /** As text, for those who verify. */
  readonly keyText: string;
  /** The signature line over a checkpoint that was found consistent with all before. */
  cosign(checkpointText: string, timeMs: number): string;
  /** The same as it travels to a screen, which knows the hub's other key. */
  answer(cosignature: string): NonNullable<UploadResponse['cosigned']>;
}

export function createWitness({ witnessKey: secret, signingKey }: Pick<HubKeys, 'witnessKey' | 'signingKey'>): Witness {
  const signer: Ed25519Signer = { publicKey: Buffer.from(rawPublicKey(secret), 'base64'), sign: (message) => sign(null, message, secret) };
  // A hub may be reached under many addresses, and change them: its name is made from its key.
  const name = `litfass/hub/${createHash('sha256').update(signer.publicKey).digest('hex').slice(0, 16)}`;
  const key = witnessKey(name, signer.publicKey);
  const keyText = formatVerifierKey(key);
  const keySignature = signText(witnessKeyText(keyText), signingKey);
  return {
    key,
    keyText,
    cosign: (checkpointText, timeMs) => cosign(checkpointText, name, signer, timeMs),
    answer: (cosignature) => ({ cosignature, witnessKey: keyText, keySignature }),
  };
}

function signText(text: string, key: KeyObject): string {
  return sign(null, Buffer.from(text, 'utf8'), key).toString('base64');
}
