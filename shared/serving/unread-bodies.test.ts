import { connect } from 'node:net';
import { describe, expect, test } from 'vitest';
import { car, carsModel } from './testing/models.ts';
import { type TestServer, testServer } from './testing/test-server.ts';

/** Sends a body of so many megabytes for as long as the server takes it. @returns the answer, and the bytes it took. */
async function pour({ port }: TestServer, path: string, megabytes: number): Promise<[string, number]> {
  const socket = connect(port, '127.0.0.1');
  let answer = '';
  socket.setEncoding('utf8').on('data', (text) => {
    answer += text;
  });
  socket.on('error', () => undefined);
  const closed = new Promise((resolve) => socket.once('close', resolve));
  const length = megabytes * 2 ** 20;
  socket.write(
    `POST ${path} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${length}\r\n\r\n`,
  );
  const piece = Buffer.alloc(2 ** 16, ' ');
  for (let sent = 0; sent < length && !socket.destroyed; sent += piece.length) {
    if (socket.write(piece)) continue;
    await Promise.race([new Promise((resolve) => socket.once('drain', resolve)), closed]);
  }
  await closed;
  return [answer, socket.bytesWritten - socket.writableLength];
}

describe('a body that nobody will read', () => {
  test.each([
    ['/nowhere', 404],
    ['/metrics', 405],
    ['/predict', 413],
    ['/invocations', 413],
  ])('to %s is answered %i at once, and not read to the end', async (path, status) => {
    await using server = await testServer();
    const [answer, taken] = await pour(server, path, 64);
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(answer.toLowerCase()).toContain('connection: close');
    // What the kernels of both sides hold counts, too.
    expect(taken).toBeLessThan(32 * 2 ** 20);
  });

  test('without the token is answered 401 before it is there', async () => {
    await using server = await testServer(carsModel(), { token: 'a-token-of-the-house' });
    const [answer, taken] = await pour(server, '/predict', 64);
    expect(answer).toMatch(/^HTTP\/1\.1 401 /);
    expect(taken).toBeLessThan(32 * 2 ** 20);
  });

  test('is followed by an answer that ordinary clients read', async () => {
    await using server = await testServer(carsModel(), { maxBody: 1000 });
    const body = JSON.stringify(Array.from({ length: 1500 }, () => car));
    expect((await server.post('/nowhere', body)).status).toBe(404);
    expect((await server.post('/predict', body)).status).toBe(413);
  });
});
