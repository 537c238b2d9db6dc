/** Lines that wait for a slow reader before the next one is dropped. */
const MAX_WAITING_LINES = 16;

/**
 * An endless answer, one JSON object a line. A reader that does not keep up misses lines, so every line must stand for itself.
 *
 * @param start is given `send` and returns what ends the sending; called once the answer is read.
 * @param closing ends the stream when the hub closes.
 */
export function ndjsonResponse(start: (send: (value: unknown) => void) => () => void, closing: AbortSignal): Response {
  const encoder = new TextEncoder();
  let stop = (): void => undefined;
  const body = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        const end = start((value) => {
          if ((controller.desiredSize ?? 0) > 0) controller.enqueue(encoder.encode(`${JSON.stringify(value)}\n`));
        });
        const close = (): void => {
          stop();
          controller.close();
        };
        stop = () => {
          closing.removeEventListener('abort', close);
          end();
        };
        closing.addEventListener('abort', close);
        if (closing.aborted) close();
      },
      cancel: () => stop(),
    },
    new CountQueuingStrategy({ highWaterMark: MAX_WAITING_LINES }),
  );
  return new Response(body, { headers: { 'content-type': 'application/x-ndjson', 'cache-control': 'no-store' } });
}
