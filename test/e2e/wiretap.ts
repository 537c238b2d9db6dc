import { createServer, request as send, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';

/** Something that somebody sent: to the hub over the network, or from a page to its player. */
export interface Overheard {
  readonly what: string;
  /** Unpacked. */
  readonly body: Buffer;
  readonly headers: string;
}

/** Stands in front of a hub on a port of its own, passes everything on, and keeps every request word for word. */
export async function wiretap(hubUrl: string, heard: Overheard[]): Promise<{ readonly url: string; close(): Promise<void> }> {
  const hub = new URL(hubUrl);
  const pass = (request: IncomingMessage, response: ServerResponse): void => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks);
      const unpacked = request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body;
      heard.push({ what: `${String(request.method)} ${String(request.url)}`, body: unpacked, headers: JSON.stringify(request.headers) });
      const onward = send({ host: hub.hostname, port: hub.port, method: request.method, path: request.url, headers: request.headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      });
      onward.on('error', () => response.destroy());
      response.on('close', () => onward.destroy());
      onward.end(body);
    });
  };
  const server = createServer(pass);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
