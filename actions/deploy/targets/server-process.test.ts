import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../../../shared/source/testing/temporary-folder.ts';
import { askServer } from './server-process.ts';

const listening = (answer: string) => `import { createServer } from 'node:http';
  const server = createServer((request, response) => { ${answer} });
  server.listen(0, '127.0.0.1', () => console.log(JSON.stringify(
    { message: 'serving', url: 'http://127.0.0.1:' + server.address().port })));`;

const whole = (): AbortSignal => new AbortController().signal;

/** Time-outs in the order in which they are asked for. */
const inOrder = (...signals: readonly AbortSignal[]) => {
  const left = [...signals];
  return { timeOut: () => left.shift()! };
};

describe('a server that takes too long', () => {
  test('to start is stopped, and the failure says so', async () => {
    await using folder = await temporaryFolder({ 'server.mjs': 'setInterval(() => {}, 1000);' });
    const asked = await askServer(folder.path, [], inOrder(AbortSignal.abort()));
    expect(asked).toEqual({ failure: 'the server did not start within 20 seconds' });
  });

  test('to answer is stopped, and the failure says so', async () => {
    const script = listening('');
    await using folder = await temporaryFolder({ 'server.mjs': script });
    const asked = await askServer(folder.path, [{ rooms: 3 }], inOrder(whole(), AbortSignal.abort()));
    expect(asked).toEqual({ failure: 'the server did not answer within 20 seconds' });
  });
});

test('a server that breaks the connection off is not called late', async () => {
  await using folder = await temporaryFolder({ 'server.mjs': listening('request.destroy()') });
  const asked = await askServer(folder.path, [{ rooms: 3 }], inOrder(whole(), whole()));
  expect(asked).toEqual({ failure: 'fetch failed' });
});
