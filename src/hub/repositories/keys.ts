import { createPrivateKey, generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto';
import { chmod, mkdir, open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { LitfassError } from '../../contract/index.ts';
import { syncFolder } from './sync-folder.ts';

/** The hub's secrets, readable by its own user alone. */
export interface HubKeys {
  /** Ed25519; signs programmes, and every screen pinned its public half. Losing it means enrolling all screens again. */
  readonly signingKey: KeyObject;
  /** Cosigns checkpoints as a witness: a key that does nothing else. */
  readonly witnessKey: KeyObject;
  /** Opens the console and its API. */
  readonly accessKey: string;
}

/** Reads the keys from `folder`, and makes those that are not there yet. */
export async function openKeys(folder: string): Promise<HubKeys> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await chmod(folder, 0o700);
  const pem = await readOrMake(join(folder, 'hub-ed25519.pem'), folder, newPem);
  const witnessPem = await readOrMake(join(folder, 'witness-ed25519.pem'), folder, newPem);
  const accessKey = await readOrMake(join(folder, 'access-key'), folder, () => `${randomBytes(24).toString('base64url')}\n`);
  return { signingKey: parseKey(pem, join(folder, 'hub-ed25519.pem'), 'with a new key every screen has to enrol again'), witnessKey: parseKey(witnessPem, join(folder, 'witness-ed25519.pem'), 'auditors know this witness by its key'), accessKey: accessKey.trim() };
}

async function readOrMake(path: string, folder: string, make: () => string): Promise<string> {
  try {
    const text = await readFile(path, 'utf8');
    await chmod(path, 0o600);
    return text;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const text = make();
  // Aside and renamed: a key that was half written when the power went would lock every screen out.
  const file = await open(`${path}.new`, 'w', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(`${path}.new`, path);
  await syncFolder(folder);
  return text;
}

function newPem(): string {
  return generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

function parseKey(pem: string, path: string, why: string): KeyObject {
  try {
    const key = createPrivateKey(pem);
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch {
    // What OpenSSL says about a broken PEM helps nobody; the message below does.
  }
  throw new LitfassError('key-damaged', `${path} is not an Ed25519 private key. Put back the backup of the keys folder; ${why}.`);
}
