import { open } from 'node:fs/promises';

/** Enough for every header that says what a file is: a JPEG may have colour profiles and previews before its size. */
const HEAD_BYTES = 1_048_576;
const TAIL_BYTES = 65_536;

/** Both ends of a file: what it is stands at one, whether it is complete at the other. */
export interface SampledFile {
  readonly bytes: number;
  readonly head: Buffer;
  readonly tail: Buffer;
}

/** @throws the file system's error */
export async function sampleFile(path: string): Promise<SampledFile> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const part = async (start: number, length: number): Promise<Buffer> => {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, start);
      return buffer.subarray(0, bytesRead);
    };
    const tailBytes = Math.min(size, TAIL_BYTES);
    return { bytes: size, head: await part(0, Math.min(size, HEAD_BYTES)), tail: await part(size - tailBytes, tailBytes) };
  } finally {
    await file.close();
  }
}
