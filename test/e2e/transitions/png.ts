import { inflateSync } from 'node:zlib';

export interface Picture {
  readonly width: number;
  readonly height: number;
  /** Red, green and blue, 0 to 255, row by row. */
  readonly rgb: Uint8Array;
}

/** The five filters of PNG (W3C PNG, section 9.2): what is added to a byte, from those left, above and above left of it. */
const FILTERS: readonly ((left: number, above: number, corner: number) => number)[] = [
  () => 0,
  (left) => left,
  (_left, above) => above,
  (left, above) => (left + above) >> 1,
  (left, above, corner) => {
    const guess = left + above - corner;
    const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - above), Math.abs(guess - corner)];
    return a <= b && a <= c ? left : b <= c ? above : corner;
  },
];

/** Reads what a browser writes: 8 bits a channel, with or without alpha, not interlaced. */
export function readPng(png: Buffer): Picture {
  const [width, height, depth, type, interlace] = [png.readUInt32BE(16), png.readUInt32BE(20), png[24], png[25] ?? 0, png[28]];
  const channels = { 2: 3, 6: 4 }[type];
  if (channels === undefined || depth !== 8 || interlace !== 0) throw new Error(`a PNG of colour type ${type}, ${String(depth)} bits and interlacing ${String(interlace)} is none of a browser`);
  const parts: Buffer[] = [];
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at)) if (png.toString('latin1', at + 4, at + 8) === 'IDAT') parts.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
  const lines = inflateSync(Buffer.concat(parts));
  const stride = width * channels;
  const rgb = new Uint8Array(3 * width * height);
  let above = new Uint8Array(stride);
  for (let y = 0; y < height; y += 1) {
    const line = new Uint8Array(stride);
    const start = y * (stride + 1);
    const filter = FILTERS[lines[start] ?? 0] ?? FILTERS[0]!;
    for (let x = 0; x < stride; x += 1) {
      const isFirst = x < channels;
      line[x] = lines[start + 1 + x]! + filter(isFirst ? 0 : line[x - channels]!, above[x]!, isFirst ? 0 : above[x - channels]!);
    }
    for (let x = 0; x < width; x += 1) rgb.set(line.subarray(x * channels, x * channels + 3), 3 * (y * width + x));
    above = line;
  }
  return { width, height, rgb };
}
