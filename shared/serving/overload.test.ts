import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { describe, expect, test } from 'vitest';
import { answerRecords } from './answers.ts';
import { loadedModel } from './served-model.ts';
import { car, carsModel } from './testing/models.ts';
import { type TestServer, testServer } from './testing/test-server.ts';

const body = JSON.stringify(car);

/** Sends the head of a request and keeps its body back; the server has it in flight once this resolves. */
async function begun(server: TestServer): Promise<Socket> {
  const socket = connect(server.port, '127.0.0.1');
  await once(socket, 'connect');
  const before = await inFlight(server);
  socket.write(
    `POST /predict HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n`,
  );
  await until(async () => (await inFlight(server)) === before + 1);
  return socket;
}

async function inFlight(server: TestServer): Promise<number> {
  return Number(/^ciclo_requests_in_flight (\d+)$/m.exec((await server.get('/metrics')).text)![1]);
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setImmediate(resolve));
}

describe('more requests than the server takes at a time', () => {
  test('get 503 with Retry-After, while probes are answered; then there is room again', async () => {
    await using server = await testServer(carsModel(), { maxInFlight: 2 });
    const slow = [await begun(server), await begun(server)];
    const { status, headers, json } = await server.post('/predict', car);
    expect({ status, after: headers.get('retry-after') }).toEqual({ status: 503, after: '1' });
    expect(json.error).toContain('the server is busy');
    expect((await server.post('/invocations', { instances: [car] })).json.error_code).toBe(
      'TEMPORARILY_UNAVAILABLE',
    );
    expect((await server.get('/v2/health/live')).status).toBe(200);
    for (const socket of slow) {
      socket.write(body);
      expect(String(await once(socket, 'data'))).toMatch(/^HTTP\/1\.1 200 /);
      socket.destroy();
    }
    expect((await server.post('/predict', car)).status).toBe(200);
    expect((await server.get('/metrics')).text).toMatch(
      /ciclo_requests_rejected_total\{reason="in_flight"\} 2\n/,
    );
  });

  test('a client that goes away in the middle leaves its place', async () => {
    await using server = await testServer(carsModel(), { maxInFlight: 1 });
    for (let i = 0; i < 3; i++) {
      (await begun(server)).destroy();
      await until(async () => (await inFlight(server)) === 0);
    }
    expect((await server.post('/predict', car)).status).toBe(200);
  });

  test('an event loop that is late is shown to clients as 503, too', async () => {
    await using server = await testServer(carsModel(), { maxLag: -1 });
    const { status, json } = await server.post('/predict', car);
    expect(status).toBe(503);
    expect(json.error).toContain('it is behind its work');
  });

  test('a batch that takes longer than the time allowed is given up', async () => {
    const observer = { answered() {}, refused() {} };
    const cars = Array.from({ length: 1000 }, () => car);
    const answer = answerRecords(loadedModel(carsModel()), cars, { requestId: 'r', observer, deadline: 0 });
    await expect(answer).rejects.toMatchObject({
      statusCode: 503,
      details: { headers: { 'retry-after': '1' } },
    });
  });

  test('other requests are answered between the parts of a long batch', async () => {
    await using server = await testServer(carsModel());
    const order: string[] = [];
    const long = server
      .post(
        '/predict',
        Array.from({ length: 8000 }, () => car),
      )
      .then((answer) => {
        order.push('long');
        return answer;
      });
    await until(async () => (await inFlight(server)) === 1);
    await server.post('/predict', car).then(() => order.push('short'));
    expect((await long).json.predictions).toHaveLength(8000);
    expect(order).toEqual(['short', 'long']);
  });
});
