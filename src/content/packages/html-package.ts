import { open, type FileHandle } from 'node:fs/promises';
import { crc32, inflateRawSync } from 'node:zlib';
import { describeIssues, LitfassError, packageManifestSchema, type PackageManifest } from '../../contract/index.ts';
import { refuseUnsafe } from './guards.ts';
import { broken, readAt, readZipDirectory, type ZipEntry } from './zip-directory.ts';

const MANIFEST = 'litfass.json';
const ENTRANCE = 'index.html';

/** A page with all that it needs, in one file. Its files are read from it one by one; it is never unpacked to a disk. */
export interface HtmlPackage {
  readonly manifest: PackageManifest;
  /**
   * One file.
   *
   * @returns `null` if there is none of this name
   * @throws LitfassError `package-broken` when it does not unpack to what the directory says
   */
  read(name: string): Promise<Buffer | null>;
}

/**
 * Opens a package, and refuses one that is not just a folder of files.
 *
 * @throws LitfassError `package-broken`, `package-unsafe`, `package-invalid` (no index.html, or a manifest that does not fit)
 */
export async function openPackage(path: string): Promise<HtmlPackage> {
  const directory = await reading(path, readZipDirectory);
  refuseUnsafe(directory);
  const files = new Map(directory.entries.filter(({ name }) => !name.endsWith('/')).map((entry) => [entry.name, entry]));
  if (!files.has(ENTRANCE)) throw new LitfassError('package-invalid', `the package has no ${ENTRANCE} at its top. Pack the files themselves, not the folder that they lie in.`);
  const read = async (name: string): Promise<Buffer | null> => {
    const entry = files.get(name);
    return entry === undefined ? null : reading(path, (file) => readEntry(file, entry));
  };
  return { manifest: parseManifest(await read(MANIFEST)), read };
}

async function reading<T>(path: string, read: (file: FileHandle) => Promise<T>): Promise<T> {
  const file = await open(path);
  try {
    return await read(file);
  } finally {
    await file.close();
  }
}

async function readEntry(file: FileHandle, { name, method, bytes, packedBytes, offset, crc32: expected }: ZipEntry): Promise<Buffer> {
  const header = await readAt(file, offset, 30);
  if (header.readUInt32LE(0) !== 0x0403_4b50) throw broken(`"${name}" is not where the directory says`);
  const packed = await readAt(file, offset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28), packedBytes);
  const unpacked = method === 0 ? packed : inflate(packed, bytes, name);
  if (unpacked.length !== bytes || crc32(unpacked) !== expected) throw broken(`"${name}" is damaged`);
  return unpacked;
}

/** Never more than the directory said, which was judged before. */
function inflate(packed: Buffer, bytes: number, name: string): Buffer {
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, bytes) });
  } catch (error) {
    throw new LitfassError('package-broken', `the package cannot be read: "${name}" does not unpack to the ${bytes} bytes that its directory says. Pack it again as a plain zip.`, { cause: error });
  }
}

function parseManifest(bytes: Buffer | null): PackageManifest {
  if (bytes === null) return { v: 1, fields: [] };
  let json: unknown;
  try {
    json = JSON.parse(bytes.toString('utf8'));
  } catch (error) {
    throw new LitfassError('package-invalid', `${MANIFEST} in the package is not JSON: ${error instanceof Error ? error.message : String(error)}.`, { cause: error });
  }
  const manifest = packageManifestSchema.safeParse(json);
  if (!manifest.success) throw new LitfassError('package-invalid', `${MANIFEST} in the package does not fit: ${describeIssues(manifest.error)}.`);
  return manifest.data;
}
