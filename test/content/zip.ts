import { crc32, deflateRawSync } from 'node:zlib';

export interface ZipFile {
  readonly name: string;
  readonly content: string | Buffer;
  /** Written into the directory in place of what is true. */
  readonly claims?: { readonly packedBytes?: number; readonly bytes?: number; readonly mode?: number; readonly flags?: number; readonly method?: number; readonly offset?: number };
}

/** A zip of these files, also of such that no archiver would write. */
export function zip(files: readonly ZipFile[]): Buffer {
  const local: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content, claims = {} } of files) {
    const bytes = Buffer.from(content);
    const packed = deflateRawSync(bytes);
    const nameBytes = Buffer.from(name);
    const shared = Buffer.alloc(26);
    shared.writeUInt16LE(20, 0);
    shared.writeUInt16LE(claims.flags ?? 0x0800, 2);
    shared.writeUInt16LE(claims.method ?? 8, 4);
    shared.writeUInt32LE(crc32(bytes), 10);
    shared.writeUInt32LE(claims.packedBytes ?? packed.length, 14);
    shared.writeUInt32LE(claims.bytes ?? bytes.length, 18);
    shared.writeUInt16LE(nameBytes.length, 22);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x0201_4b50, 0);
    entry.writeUInt16LE(0x0314, 4);
    shared.copy(entry, 6);
    entry.writeUInt32LE(((claims.mode ?? 0o100_644) << 16) >>> 0, 38);
    entry.writeUInt32LE(claims.offset ?? offset, 42);
    directory.push(entry, nameBytes);
    const signature = Buffer.from('PK\x03\x04', 'latin1');
    local.push(signature, shared, nameBytes, packed);
    offset += signature.length + shared.length + nameBytes.length + packed.length;
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x0605_4b50, 0);
  end.writeUInt16LE(files.length, 8);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(listed.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...local, listed, end]);
}
