import { createServer, request, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Mishaps {
  lostAnswers: number;
  doubled: number;
  refused: number;
}

/** A line to the hub that loses one answer in ten, sends some requests twice, and can be cut. */
export async function openBadLine(hubPort: () => number): Promise<{ port: number; cut: boolean; mishaps: Mishaps; close(): void }> {
  const mishaps: Mishaps = { lostAnswers: 0, doubled: 0, refused: 0 };
  const server: Server = createServer((incoming, outgoing) => {
    void (async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of incoming) chunks.push(chunk as Buffer);
      if (line.cut) {
        mishaps.refused += 1;
        outgoing.destroy();
        return;
      }
      const body = Buffer.concat(chunks);
      const twice = Math.random() < 0.1;
      if (twice) mishaps.doubled += 1;
      const answers = await Promise.all(Array.from({ length: twice ? 2 : 1 }, () => pass(incoming, body)));
      const answer = answers.at(-1);
      if (answer === undefined || answer === null || Math.random() < 0.1) {
        mishaps.lostAnswers += 1;
        outgoing.destroy();
        return;
      }
      outgoing.writeHead(answer.status, answer.headers).end(answer.body);
    })().catch(() => outgoing.destroy());
  });
  server.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));

  function pass(incoming: IncomingMessage, body: Buffer): Promise<{ status: number; headers: IncomingMessage['headers']; body: Buffer } | null> {
    return new Promise((resolve) => {
      const headers = { ...incoming.headers, host: `127.0.0.1:${hubPort()}` };
      const forward = request({ host: '127.0.0.1', port: hubPort(), method: incoming.method, path: incoming.url, headers }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', () => resolve(null));
        response.on('end', () => resolve({ status: response.statusCode ?? 500, headers: response.headers, body: Buffer.concat(chunks) }));
      });
      forward.on('error', () => resolve(null));
      forward.end(body);
    });
  }

  const line = { port: (server.address() as AddressInfo).port, cut: false, mishaps, close: () => void server.close() };
  return line;
}
