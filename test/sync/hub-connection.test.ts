import { describe, expect, it } from 'vitest';
import { createHubConnection, type HubRequest } from '../../src/sync/hub-connection.ts';
import { lines } from '../../src/sync/lines.ts';
import { realClock } from './screen-double.ts';

const request: HubRequest = { method: 'GET', path: '/v1/anything', accept: [200], silenceMs: 10_000, signal: new AbortController().signal };

function answering(fetch: typeof globalThis.fetch) {
  return createHubConnection({ hubUrl: 'http://hub.test/', clock: realClock, fetch });
}

/** A body that says `first` and then nothing more, until it is aborted. */
function silentAfter(first: string, signal: AbortSignal): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      controller.enqueue(Buffer.from(first));
      signal.addEventListener('abort', () => controller.error(signal.reason));
    },
  });
}

describe('a request to the hub', () => {
  it('ends when nothing is heard, before the answer or in the middle of it', async () => {
    const never = answering((_, init) => new Promise((_resolve, reject) => init!.signal!.addEventListener('abort', () => reject(init!.signal!.reason as Error))));
    await expect(never.request({ ...request, silenceMs: 50 })).rejects.toMatchObject({ code: 'hub-offline', message: expect.stringContaining('nothing was heard for 50 ms') as string });

    const half = answering((_, init) => Promise.resolve(new Response(silentAfter('{"next', init!.signal!))));
    await expect((await half.request({ ...request, silenceMs: 50 })).text(1_000)).rejects.toMatchObject({ code: 'hub-offline' });
  });

  it('reads no more than it was told to', async () => {
    const endless = answering(() => Promise.resolve(new Response('x'.repeat(5_000))));
    await expect((await endless.request(request)).text(1_000)).rejects.toMatchObject({ code: 'hub-answer', message: expect.stringContaining('1000 bytes') as string });
  });

  it('is refused in the hub’s own words, or with the bare status when a proxy answers', async () => {
    const hub = answering(() => Promise.resolve(Response.json({ code: 'unknown-screen', message: 'Enrol it.' }, { status: 404 })));
    await expect(hub.request(request)).rejects.toMatchObject({ code: 'hub-refused', status: 404, problem: { code: 'unknown-screen' }, message: expect.stringContaining('Enrol it.') as string });
    const proxy = answering(() => Promise.resolve(new Response('<h1>Bad gateway</h1>', { status: 502 })));
    await expect(proxy.request(request)).rejects.toMatchObject({ code: 'hub-refused', status: 502, problem: null });
  });

  it.each([
    ['120', 120_000],
    ['a date', 60_000],
    ['999999999', 3_600_000],
    ['soon', 0],
  ])('hears Retry-After: %s', async (header, ms) => {
    // Worked out when it is sent: a busy machine may take seconds from the list above to here.
    const sent = (): string => (header === 'a date' ? new Date(Date.now() + ms).toUTCString() : header);
    const busy = answering(() => Promise.resolve(new Response('', { status: 503, headers: { 'retry-after': sent() } })));
    const refusal = (await busy.request(request).catch((error: unknown) => error)) as { retryAfterMs: number };
    expect(Math.abs(refusal.retryAfterMs - ms)).toBeLessThanOrEqual(1_500);
  });
});

describe('lines of a stream', () => {
  async function* pieces(...texts: (string | Buffer)[]): AsyncGenerator<Uint8Array> {
    await Promise.resolve();
    for (const text of texts) yield Buffer.from(text);
  }

  it('are whole, wherever the stream was cut, also inside a character', async () => {
    const cheese = Buffer.from('Käse\n');
    const read: string[] = [];
    for await (const line of lines(pieces('on', 'e\ntwo\n', cheese.subarray(0, 2), cheese.subarray(2), 'unfinished'), 100)) read.push(line);
    expect(read).toEqual(['one', 'two', 'Käse']);
  });

  it('have an end: a peer must not fill the memory', async () => {
    const read = async (): Promise<void> => {
      for await (const line of lines(pieces('x'.repeat(60), 'x'.repeat(60)), 100)) expect.unreachable(line);
    };
    await expect(read()).rejects.toMatchObject({ code: 'hub-answer' });
  });
});
