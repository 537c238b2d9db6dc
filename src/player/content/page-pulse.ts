import { open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { FRAME_PULSE } from '../../contract/index.ts';
import { doctypeEnd } from './doctype.ts';
import { LOUDNESS_SCRIPT } from './loudness-script.ts';
import { NO_CALLS_SCRIPT } from './no-calls.ts';

/** A port, because what a page does with its own listeners and timers does not reach it. What it is asked says how loud it may be. */
const SCRIPT = Buffer.from(`<script>{ ${NO_CALLS_SCRIPT} const { port1, port2 } = new MessageChannel(); const turn = ${LOUDNESS_SCRIPT}; port1.onmessage = ({ data }) => { turn(data); port1.postMessage(0) }; parent.postMessage('${FRAME_PULSE}', '*', [port2]); document.currentScript.remove() }</script>`);

/** Where a page may say what it is before anything else is looked for, bytes. */
const HEAD_BYTES = 4_096;

/** A page in UTF-16 would not understand the script: it is left as it is, and nobody can tell whether it hangs. */
function isWide(head: Buffer): boolean {
  return (head[0] === 0xfe && head[1] === 0xff) || (head[0] === 0xff && head[1] === 0xfe);
}

/**
 * A page, and before all of its own scripts the few words by which the stage can tell that it does not hang. They stand behind the
 * document type: before it, a page would be laid out as those of the nineties were.
 */
export function withPulse(page: Buffer): Buffer {
  if (isWide(page)) return page;
  const at = doctypeEnd(page.toString('latin1', 0, HEAD_BYTES));
  return Buffer.concat([page.subarray(0, at), SCRIPT, page.subarray(at)]);
}

/** The same for the file of a page, read as it is sent: it brings everything along, and may be large. */
export function fileWithPulse(path: string): ReadableStream {
  return Readable.toWeb(Readable.from(pieces(path), { objectMode: false })) as ReadableStream;
}

/** Opens the file when the first piece is asked for: nobody may ever ask. */
async function* pieces(path: string): AsyncGenerator<Uint8Array> {
  await using file = await open(path);
  const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
  yield withPulse(buffer.subarray(0, bytesRead));
  for await (const piece of file.createReadStream({ start: bytesRead, autoClose: false })) yield piece as Uint8Array;
}
