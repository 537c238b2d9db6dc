import { describe, expect, it } from 'vitest';
import { ndjsonLines } from '../../../renderer/console/live/ndjson-lines.ts';

async function linesOf(...chunks: readonly Uint8Array[]): Promise<unknown[]> {
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk);
      controller.close();
    },
  });
  const lines: unknown[] = [];
  for await (const line of ndjsonLines(body)) lines.push(line);
  return lines;
}

describe('a stream of JSON lines', () => {
  it('is split at its newlines, wherever the network cut it, also inside a character', async () => {
    const bytes = new TextEncoder().encode('{"name":"Käse"}\n{"n":2}\n');
    for (let cut = 0; cut <= bytes.length; cut += 1) {
      expect(await linesOf(bytes.subarray(0, cut), bytes.subarray(cut))).toEqual([{ name: 'Käse' }, { n: 2 }]);
    }
  });

  it('does not give out a line that never ended', async () => {
    expect(await linesOf(new TextEncoder().encode('{"n":1}\n{"n":'))).toEqual([{ n: 1 }]);
  });
});
