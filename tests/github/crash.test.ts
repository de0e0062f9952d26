import { expect, test } from 'vitest';
import { send, start } from './client.ts';

const comments = '/repos/ciclo-ml/fuel/issues/1/comments';
const hello = { method: 'POST', body: { body: 'hello' } };

test.each([
  ['before', 1],
  ['after', 2],
] as const)(
  'a caller dies %s its second write takes effect, reads no more, and recovers',
  async (cut, done) => {
    const { github, repository } = await start();
    const crash = github.crashAfter(2, { cut });
    expect((await send(github, comments)).status).toBe(200);
    expect((await send(github, comments, hello)).status).toBe(201);
    expect(crash.happened).toBe(false);
    await expect(send(github, comments, hello)).rejects.toThrow();
    expect(crash.happened).toBe(true);
    await expect(send(github, comments)).rejects.toThrow();
    await expect(send(github, comments, hello)).rejects.toThrow();
    expect(repository.comments.size).toBe(done);
    expect(github.requests.map(({ status }) => status)).toEqual([200, 201, undefined, undefined, undefined]);
    crash.recover();
    expect((await send(github, comments, hello)).status).toBe(201);
    await github[Symbol.asyncDispose]();
  },
);

test('only the writes that match count; one that never comes does no harm', async () => {
  const { github } = await start();
  const crash = github.crashAfter(1, { matching: /^PATCH .*comments/ });
  const never = github.crashAfter(9);
  const { body } = await send(github, comments, hello);
  const update = { method: 'PATCH', body: { body: 'changed' } };
  await expect(send(github, `/repos/ciclo-ml/fuel/issues/comments/${body.id}`, update)).rejects.toThrow();
  expect([crash.happened, never.happened]).toEqual([true, false]);
  await github[Symbol.asyncDispose]();
});

test('a hook sees each request, and holds it until it is done', async () => {
  const { github, repository } = await start();
  const seen: string[] = [];
  const end = github.onRequest(async ({ method, path, body }) => {
    seen.push(`${method} ${path} ${JSON.stringify(body)}`);
    expect(repository.comments.size).toBe(0);
    await Promise.resolve();
  });
  await send(github, comments, hello);
  end();
  await send(github, comments, hello);
  expect(seen).toEqual([`POST ${comments} {"body":"hello"}`]);
  await github[Symbol.asyncDispose]();
});
