import { createPrivateKey, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { chmod, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LitfassError } from '../contract/index.ts';
import { storageFault, type Ed25519Signer } from '../impressions/index.ts';
import { writeDurably } from './durable-file.ts';
import { rawPublicKey } from './ed25519.ts';

/** The screen's own Ed25519 key. It never leaves the device, and the hub knows the screen by it. */
export interface ScreenKey {
  /** Raw 32 bytes, base64. */
  readonly publicKey: string;
  /** Signature over the UTF-8 bytes of the text, base64. */
  sign(text: string): string;
  /** For checkpoints of the log. */
  readonly signer: Ed25519Signer;
}

/**
 * Loads `keys/screen.key` in the data folder, and makes it at the first start (PKCS #8, readable by this user alone).
 *
 * @throws LitfassError `screen-key-damaged` when the file is there and no Ed25519 key: it is not replaced, because the hub
 *   would not know the screen any more; and the storage errors of the data folder.
 */
export async function loadScreenKey(dataDir: string): Promise<ScreenKey> {
  const path = join(dataDir, 'keys', 'screen.key');
  const key = (await readKey(path)) ?? (await createKey(join(dataDir, 'keys'), path));
  const publicKey = rawPublicKey(key);
  const signer: Ed25519Signer = { publicKey: Buffer.from(publicKey, 'base64'), sign: (message) => sign(null, message, key) };
  return { publicKey, sign: (text) => signer.sign(Buffer.from(text, 'utf8')).toString('base64'), signer };
}

async function readKey(path: string): Promise<KeyObject | null> {
  let pem: string;
  try {
    pem = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw storageFault(error, path);
  }
  try {
    const key = createPrivateKey(pem);
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch {
    // The parser's own words ("DECODER routines::unsupported") help nobody; said below.
  }
  throw new LitfassError('screen-key-damaged', `${path} is no Ed25519 private key. Restore it from a backup; or move it away, start again for a new key, and enrol this screen with a new pairing code.`);
}

async function createKey(folder: string, path: string): Promise<KeyObject> {
  try {
    await mkdir(folder, { recursive: true });
    await chmod(folder, 0o700);
  } catch (error) {
    throw storageFault(error, folder);
  }
  const { privateKey } = generateKeyPairSync('ed25519');
  await writeDurably(path, privateKey.export({ format: 'pem', type: 'pkcs8' }).toString());
  return privateKey;
}
