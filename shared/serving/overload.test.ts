import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { describe, expect, test } from 'vitest';
import { answerRecords } from './answers.ts';
import { loadedModel } from './served-model.ts';
import { car, carsModel } from './testing/models.ts';
import { type TestServer, testServer } from './testing/test-server.ts';

const body = JSON.stringify(car);

/** Sends the head of a request and keeps its body back. */
async function begun({ port }: TestServer): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  socket.write(
    `POST /predict HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body.slice(0, 5)}`,
  );
  return socket;
}

const gauge = ({ server }: TestServer, name: string): number =>
  Number(new RegExp(`^${name} (\\d+)$`, 'm').exec(server.exposition())![1]);
const inFlight = (server: TestServer): number => gauge(server, 'ciclo_requests_in_flight');

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}

const batch = Array.from({ length: 10_000 }, () => car);

describe('more requests than the server takes at a time', () => {
  test('get 503 with Retry-After, while probes are answered; then there is room again', async () => {
    await using server = await testServer(carsModel(), {
      maxInFlight: 2,
      maxBodies: 2 ** 25,
      maxBody: 2 ** 23,
    });
    const long = [server.post('/predict', batch), server.post('/predict', batch)];
    await until(() => inFlight(server) === 2);
    const [{ status, headers, json }, mlflow, live] = await Promise.all([
      server.post('/predict', car),
      server.post('/invocations', { instances: [car] }),
      server.get('/v2/health/live'),
    ]);
    expect({ status, after: headers.get('retry-after') }).toEqual({ status: 503, after: '1' });
    expect(json.error).toContain('the server is busy');
    expect(mlflow.json.error_code).toBe('TEMPORARILY_UNAVAILABLE');
    expect(live.status).toBe(200);
    for (const answer of long) expect((await answer).json.predictions).toHaveLength(10_000);
    expect((await server.post('/predict', car)).status).toBe(200);
    expect(server.server.exposition()).toMatch(/ciclo_requests_rejected_total\{reason="in_flight"\} 2\n/);
  });

  test('a client that goes away in the middle leaves nothing behind', async () => {
    await using server = await testServer(carsModel(), { maxInFlight: 1 });
    for (let i = 0; i < 3; i++) {
      const socket = await begun(server);
      await until(() => gauge(server, 'ciclo_bodies_bytes') > 0);
      socket.destroy();
      await until(
        () => gauge(server, 'ciclo_bodies_bytes') === 0 && gauge(server, 'ciclo_connections') === 0,
      );
    }
    expect((await server.post('/predict', car)).status).toBe(200);
    // A body that ends too soon is its client's affair: no stack, no "bug".
    expect(server.events).toEqual([]);
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
    const options = { requestId: 'r', observer, deadline: 0, maxRows: 1000 };
    const answer = answerRecords(loadedModel(carsModel()), cars, options);
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
    await until(() => inFlight(server) === 1);
    await server.post('/predict', car).then(() => order.push('short'));
    expect((await long).json.predictions).toHaveLength(8000);
    expect(order).toEqual(['short', 'long']);
  });
});
