import { connect, type Socket } from 'node:net';

export interface Load {
  readonly port: number;
  readonly path: string;
  readonly body: string;
  readonly connections: number;
  readonly seconds: number;
}

/** Milliseconds, and requests a second, of the answers with status 200. */
export interface Measured {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly worst: number;
  readonly failed: number;
}

/**
 * Sends one request after the other over each of several connections and times every answer. It reads of an answer only
 * the status and the length, so that the cores are left to the server.
 */
export async function load({ port, path, body, connections, seconds }: Load): Promise<Measured> {
  const request = Buffer.from(
    `POST ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
  const latencies: number[] = [];
  let failed = 0;
  const begin = performance.now();
  const end = begin + seconds * 1000;
  const one = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const socket = connect(port, '127.0.0.1');
      socket.setNoDelay(true);
      let sent = 0;
      const send = (): void => {
        sent = performance.now();
        socket.write(request);
      };
      socket.once('connect', send).once('error', reject);
      onAnswers(socket, (status) => {
        const now = performance.now();
        if (status === 200) latencies.push(now - sent);
        else failed++;
        if (now < end) send();
        else {
          socket.destroy();
          resolve();
        }
      });
    });
  await Promise.all(Array.from({ length: connections }, one));
  const elapsed = (performance.now() - begin) / 1000;
  latencies.sort((a, b) => a - b);
  const at = (share: number): number => latencies[Math.floor((latencies.length - 1) * share)] ?? Number.NaN;
  return { perSecond: latencies.length / elapsed, p50: at(0.5), p99: at(0.99), worst: at(1), failed };
}

/** Calls `done` with the status of each whole answer. */
function onAnswers(socket: Socket, done: (status: number) => void): void {
  let pending = '';
  socket.on('data', (chunk) => {
    pending += chunk.toString('latin1');
    const head = pending.indexOf('\r\n\r\n');
    if (head < 0) return;
    const length = /content-length: *(\d+)/i.exec(pending.slice(0, head))?.[1];
    if (length === undefined) throw new Error(`an answer without a length: ${pending.slice(0, head)}`);
    if (pending.length < head + 4 + Number(length)) return;
    const status = Number(pending.slice(9, 12));
    pending = '';
    done(status);
  });
}
