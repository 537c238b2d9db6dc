import { LitfassError } from '../contract/index.ts';

/**
 * The lines of a stream of UTF-8, without their ends; an unfinished last line is dropped.
 *
 * @throws LitfassError `hub-answer` for a line longer than `maxCharacters`: a peer must not fill the memory.
 */
export async function* lines(chunks: AsyncIterable<Uint8Array>, maxCharacters: number): AsyncGenerator<string, void> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of chunks) {
    const parts = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = parts.pop() ?? '';
    if (rest.length > maxCharacters) throw new LitfassError('hub-answer', `The hub sent a line of more than ${maxCharacters} characters. Check that its version fits this screen's.`);
    yield* parts;
  }
}
